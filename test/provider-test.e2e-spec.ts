import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CONFIGURATION, TEST_PROVIDER } from './support/documents.js';
import { OidcScenario } from './support/oidc-scenario.js';
import { freePort } from './support/free-port.js';

interface Check {
  readonly name: string;
  readonly status: string;
  readonly detail: string;
  readonly remedy: string | null;
  readonly fixes: readonly { readonly setting: string; readonly value: string }[];
}

describe('Test OIDC Server', () => {
  let scenario: OidcScenario;
  // The questions to the authorization endpoint are counted: each story has its own provider.
  beforeEach(async () => (scenario = await OidcScenario.open()));
  afterEach(() => scenario.close());

  const ask = (oidc?: object) => scenario.app.ask(scenario.app.admin, TEST_PROVIDER, { input: oidc ? { oidc } : {} });
  const test = async (oidc?: object) => {
    const { ok, checks } = (await ask(oidc)).data.testOidcProvider.report as { ok: boolean; checks: Check[] };
    return { ok, checks, of: (name: string) => checks.find((check) => check.name === name)! };
  };

  it('passes a provider that works, line by line, and says what is not known', async () => {
    const { ok, checks } = await test();
    expect(ok).toBe(true);
    expect(Object.fromEntries(checks.map(({ name, status }) => [name, status]))).toEqual({
      ...{ REACHABLE: 'PASSED', TLS: 'SKIPPED', DISCOVERY_DOCUMENT: 'PASSED', ISSUER_MATCH: 'PASSED' },
      ...{ AUTHORIZATION_CODE_FLOW: 'PASSED', PKCE: 'PASSED', SIGNING_KEYS: 'PASSED', SCOPES: 'PASSED' },
      ...{ REFRESH_TOKENS: 'SKIPPED', GROUPS_CLAIM: 'SKIPPED', USER_CLAIM: 'SKIPPED' },
      ...{ CLIENT_CREDENTIALS: 'PASSED', REDIRECT_URI: 'PASSED' },
      ...{ USERINFO: 'PASSED', CLOCK: 'PASSED', LOGOUT: 'PASSED', REGISTRY_CLIENTS: 'SKIPPED' },
    });
    const ofLogins = checks.filter(({ name }) => /^(REFRESH_TOKENS|.*_CLAIM|SIGNING_KEYS)$/.test(name));
    expect(ofLogins.every(({ detail }) => detail.includes('Only a login can tell'))).toBe(true);
  });

  it('finds a wrong client secret, and stores nothing of what it was given', async () => {
    const before = (await scenario.app.ask(scenario.app.admin, CONFIGURATION)).data;
    const { ok, of } = await test({ clientSecret: 'wrong-client-secret' });
    expect([ok, of('CLIENT_CREDENTIALS')]).toMatchObject([false, { status: 'FAILED' }]);
    expect((await test()).ok).toBe(true);
    expect((await scenario.app.ask(scenario.app.admin, CONFIGURATION)).data).toEqual(before);
  });

  it('shows both issuers where they differ by a slash, and sends the secret to neither', async () => {
    const endpoint = `${scenario.provider.issuer}/`;
    const { ok, of } = await test({ endpoint, clientSecret: 'provider-client-secret' });
    expect([ok, of('ISSUER_MATCH').status, of('CLIENT_CREDENTIALS').status]).toEqual([false, 'FAILED', 'SKIPPED']);
    expect(of('ISSUER_MATCH').detail).toContain(`"${scenario.provider.issuer}"`);
    expect(of('ISSUER_MATCH').detail).toContain(`"${endpoint}"`);
    expect(of('ISSUER_MATCH').fixes).toEqual([{ setting: 'endpoint', value: scenario.provider.issuer }]);
    expect(of('CLIENT_CREDENTIALS').fixes).toEqual([]);
  });

  it('says that nobody answers, and skips the rest', async () => {
    const { ok, checks } = await test({
      endpoint: `http://127.0.0.1:${await freePort()}`,
      clientSecret: 'provider-client-secret',
    });
    expect([ok, checks[0]]).toMatchObject([false, { name: 'REACHABLE', status: 'FAILED' }]);
    expect(checks.slice(1).every(({ status }) => status === 'SKIPPED')).toBe(true);
  });

  it('warns of nothing that only a login can tell, and says what missing refresh tokens cost', async () => {
    const { ok, of } = await test({ scope: 'openid,profile', groupsClaim: 'squads', userClaim: 'badge' });
    const status = (name: string) => of(name).status;
    expect([ok, status('REFRESH_TOKENS'), status('GROUPS_CLAIM'), status('USER_CLAIM')]).toEqual([
      true,
      ...Array<string>(3).fill('SKIPPED'),
    ]);
    expect(of('REFRESH_TOKENS')).toMatchObject({ detail: expect.stringContaining('CLI secrets'), remedy: null });
  });

  it('tells a clock that is off by its seconds', async () => {
    scenario.app.clock.advance(3600);
    const clock = (await test()).of('CLOCK');
    scenario.app.clock.advance(-3600);
    expect([clock.status, clock.detail]).toEqual(['WARNING', expect.stringMatching(/\b3[56]\d\d seconds/)]);
  });

  it('warns where clients of the registry would refuse to come here for a token, also where no provider answers', async () => {
    const registryUrls = [new URL('https://registry.example.com')];
    Object.assign(scenario.app.environment, { registryUrls });
    const endpoint = `http://127.0.0.1:${await freePort()}`;
    const answers = [await test(), await test({ endpoint, clientSecret: 'provider-client-secret' })];
    expect(answers.map(({ ok }) => ok)).toEqual([true, false]);
    for (const { of } of answers) {
      const { status, detail, remedy } = of('REGISTRY_CLIENTS');
      expect([status, remedy]).toEqual(['WARNING', expect.stringContaining('Set PUBLIC_URL to an https URL')]);
      expect(detail).toContain(`as the realm of the registry at ${registryUrls[0]!.origin}`);
    }
    registryUrls[0] = new URL('http://localhost:5000');
    expect((await test()).of('REGISTRY_CLIENTS')).toMatchObject({ status: 'PASSED', remedy: null });
  });

  it('refuses settings that could not work, and a new endpoint without its secret', async () => {
    const paths = async (oidc: object) =>
      (await ask(oidc)).errors[0]?.extensions.fields.map(({ path }: { path: string[] }) => path.join('.'));
    expect(await paths({ scope: 'profile', groupFilter: '(' })).toEqual(['input.oidc.scope', 'input.oidc.groupFilter']);
    expect(await paths({ endpoint: 'https://elsewhere.example' })).toEqual(['input.oidc.clientSecret']);
  });
});
