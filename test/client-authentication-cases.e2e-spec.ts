import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { Browser } from './support/browser.js';
import { TEST_PROVIDER } from './support/documents.js';
import { Asked, HOSTILE_CLIENT_SECRET, Misbehaviour } from './support/hostile-provider.js';
import { HostileScenario } from './support/hostile-scenario.js';

interface Case {
  readonly id: string;
  readonly listed: readonly string[] | null;
  readonly takes: string;
  readonly settings: Readonly<Record<string, string | null>>;
  readonly login: boolean;
  readonly test: { readonly status: string; readonly says: readonly string[] };
}

const file = new URL('./cases/client-authentication.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: readonly Case[] };

/** The method by which a request authenticates this client; null if it is another client, or its secret is wrong. */
function methodIn({ authorization, form }: Asked): string | null {
  if (authorization !== undefined) {
    // Test sends made-up secrets too.
    const pair = Buffer.from(authorization.slice('Basic '.length), 'base64').toString();
    return pair === `mooring:${HOSTILE_CLIENT_SECRET}` ? 'client_secret_basic' : null;
  }
  if (form.get('client_id') !== 'mooring') return null;
  if (form.has('client_assertion')) return 'private_key_jwt';
  if (form.has('client_secret'))
    return form.get('client_secret') === HOSTILE_CLIENT_SECRET ? 'client_secret_post' : null;
  return 'none';
}

function registeredFor({ listed, takes }: Case): Misbehaviour {
  const published = { token_endpoint_auth_methods_supported: listed ?? undefined };
  return {
    document: (honest) => ({ ...honest, ...published }),
    answer: (endpoint, _request, response, asked) => {
      if (endpoint !== 'token') return false;
      const isTaken = methodIn(asked) === takes;
      // A refresh token that does not exist: the issuer would take any.
      if (isTaken && asked.form.get('grant_type') === 'authorization_code') return false;
      const [status, error] = isTaken ? [400, 'invalid_grant'] : [401, 'invalid_client'];
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ error }));
      return true;
    },
  };
}

describe('Client authentication', () => {
  let scenario: HostileScenario;
  beforeAll(async () => (scenario = await HostileScenario.open()));
  afterAll(() => scenario.close());

  it.each(cases.map((one, index) => ({ ...one, name: `case-${index}` })))('at the provider of $id', async (row) => {
    const { clientSecret, ...settings } = row.settings;
    const own = { clientAuthentication: 'automatic', ...settings };
    const oidc = { ...own, ...(clientSecret === null && { clientSecret: undefined }) };
    const issuer = await scenario.issuer(row.name, registeredFor(row), oidc);
    const { data } = await scenario.app.ask(scenario.app.admin, TEST_PROVIDER, { input: {} });
    const checks = data.testOidcProvider.report.checks as Record<'name' | 'status' | 'detail' | 'remedy', string>[];
    const { status, detail, remedy } = checks.find(({ name }) => name === 'CLIENT_CREDENTIALS')!;
    expect([row.test.status, `${detail} ${remedy}`]).toEqual([status, expect.any(String)]);
    for (const words of row.test.says) expect(`${detail} ${remedy}`).toContain(words);
    const page = await scenario.login(new Browser());
    expect(page.status).toBe(row.login ? 302 : 502);
    if (clientSecret === null) {
      const bySecret = issuer.asked.filter(
        ({ authorization, form }) => authorization?.startsWith('Basic') ?? form.has('client_secret'),
      );
      expect(bySecret).toEqual([]);
    }
  });
});
