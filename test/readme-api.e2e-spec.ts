import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { TestApp } from './support/app.js';
import { HOSTILE_CLIENT_SECRET, HostileProvider } from './support/hostile-provider.js';

interface Body {
  readonly query: string;
  readonly variables?: object;
}

const PLACEHOLDERS = { endpoint: 'https://id.example.com', clientSecret: '...' };

describe('The API example of the README', () => {
  let app: TestApp;
  let provider: HostileProvider;
  beforeAll(async () => {
    app = await TestApp.start();
    provider = await HostileProvider.start(() => app.clock.now());
  });
  afterAll(async () => {
    await app.stop();
    await provider.close();
  });

  it('tells the redirect URI, saves and tests the provider, and then switches, on a new installation', async () => {
    const own = { endpoint: provider.issuer('example').url, clientSecret: HOSTILE_CLIENT_SECRET };
    const text = readFileSync('README.md', 'utf8')
      .replace(`"${PLACEHOLDERS.endpoint}"`, `"${own.endpoint}"`)
      .replace(`"clientSecret": "${PLACEHOLDERS.clientSecret}"`, `"clientSecret": "${own.clientSecret}"`);
    const bodies = [...text.matchAll(/ -d '(\{[^']*\})'/g)].map(([, body = '']) => JSON.parse(body) as Body);
    const [asks, saves, switches, creates] = bodies;
    const send = async (body: Body | undefined) => {
      const { data, errors } = await app.ask(app.admin, body?.query ?? '', body?.variables);
      expect(errors).toEqual([]);
      return data;
    };
    expect((await send(asks)).configuration).toEqual({
      revision: 1,
      oidc: { redirectUri: `${app.url}/c/oidc/callback` },
    });
    const saved = await send(saves);
    expect(saved.updateConfiguration.configuration.revision).toBe(2);
    expect(saved.testOidcProvider.report.checks).toContainEqual(
      expect.objectContaining({ name: 'ISSUER_MATCH', status: 'PASSED' }),
    );
    expect((await send(switches)).updateConfiguration.configuration).toEqual({ revision: 3, authMode: 'OIDC' });
    expect((await send(creates)).createServiceToken.token).toEqual(expect.any(String));
  });
});
