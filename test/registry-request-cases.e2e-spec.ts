import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { readEnvironment } from '../src/config/env.js';
import { CREATE_RULE } from './support/documents.js';
import { OidcScenario } from './support/oidc-scenario.js';
import { verifiedClaims } from './support/registry-client.js';

interface Cases {
  readonly cases: readonly {
    readonly id: string;
    readonly query: string;
    readonly credentials?: string;
    readonly origin?: string;
    readonly granted: readonly string[];
  }[];
  readonly rules: readonly { readonly id: string; readonly rule: object; readonly warning: string }[];
  readonly environment: readonly { readonly id: string; readonly variables: Record<string, string> }[];
}

const { cases, rules, environment } = JSON.parse(readFileSync('test/cases/registry-requests.json', 'utf8')) as Cases;

describe('Requests that registry clients really send', () => {
  let scenario: OidcScenario;
  let secret: string;
  const makeRule = (rule: object) => scenario.app.ask(scenario.app.admin, CREATE_RULE, { input: { rule } });
  beforeAll(async () => {
    scenario = await OidcScenario.open();
    secret = await scenario.secretOf(await scenario.onboarded('lin'));
    await scenario.configure({ registryUiOrigins: ['https://ui.example.com'] });
    await makeRule({ subjectKind: 'ANYONE', actions: ['PULL'], repositoryPattern: 'public/**' });
    await makeRule({ subjectKind: 'AUTHENTICATED', actions: ['PULL', 'PUSH'], repositoryPattern: 'team/**' });
  });
  afterAll(() => scenario.close());

  it.each(cases)('$id', async ({ query, credentials, origin, granted }) => {
    const pair = credentials?.replace('USER', 'lin').replace('SECRET', secret);
    const headers = {
      ...(pair !== undefined && { authorization: `Basic ${Buffer.from(pair).toString('base64')}` }),
      ...(origin !== undefined && { origin }),
    };
    const answer = await fetch(`${scenario.app.url}/service/token?${query}`, { headers });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, origin ?? null]);
    const { token } = (await answer.json()) as { token: string };
    const { access } = await verifiedClaims(scenario.app.url, token, scenario.app.clock.now());
    expect(access.map(({ type, name, actions }) => `${type}:${name}:${actions.join(',')}`)).toEqual(granted);
  });

  it.each(rules)('$id', async ({ rule, warning }) => {
    const { data } = await makeRule(rule);
    expect(data.createAccessRule.warnings).toEqual([expect.stringContaining(warning)]);
  });

  it.each(environment)('$id', ({ variables }) => {
    expect(readEnvironment(variables).registryService).toBe(variables.REGISTRY_SERVICE);
  });
});
