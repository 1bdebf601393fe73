import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Misbehaviour } from '../support/hostile-provider.js';
import { HostileScenario } from '../support/hostile-scenario.js';

const AFTER_EXPIRY_SECONDS = 301;

describe('Refresh tokens', () => {
  let scenario: HostileScenario;
  beforeAll(async () => (scenario = await HostileScenario.open()));
  afterAll(() => scenario.close());

  /** Logs in, lets the token expire, and uses the CLI secret. */
  const afterRefresh = async (name: string, misbehaviour: Misbehaviour) => {
    const issuer = await scenario.issuer(name, misbehaviour);
    const secret = await scenario.secretOf(await scenario.loggedIn(issuer));
    expect((await scenario.verify(issuer.username, secret)).status).toBe('VALID');
    scenario.app.clock.advance(AFTER_EXPIRY_SECONDS);
    const before = await scenario.refused('REFRESH_UNCLEAR', 'grant.refresh');
    const { status, principal } = await scenario.verify(issuer.username, secret);
    expect(issuer.timesAsked('token')).toBe(2);
    const refused = (await scenario.refused('REFRESH_UNCLEAR', 'grant.refresh')) - before;
    return { status, isKnown: principal !== null, refused };
  };
  /** Lies in ID tokens of refreshes alone, which have no nonce. */
  const inRefresh = (changes: object): Misbehaviour => ({
    claims: (honest) => (honest.nonce === undefined ? { ...honest, ...changes } : honest),
  });

  it('oidcc-client-test-refresh-token: goes on with a refreshed ID token', async () => {
    const refreshed = await afterRefresh('oidcc-client-test-refresh-token', {});
    expect(refreshed).toEqual({ status: 'VALID', isKnown: true, refused: 0 });
  });

  it('oidcc-client-test-refresh-token-invalid-issuer: refuses a refreshed ID token of another issuer', async () => {
    const lie = inRefresh({ iss: 'https://other.example.com' });
    const refreshed = await afterRefresh('oidcc-client-test-refresh-token-invalid-issuer', lie);
    expect(refreshed).toEqual({ status: 'REFRESH_UNCLEAR', isKnown: false, refused: 1 });
  });

  it('oidcc-client-test-refresh-token-invalid-sub: refuses a refreshed ID token of somebody else', async () => {
    const lie = inRefresh({ sub: 'somebody-else' });
    const refreshed = await afterRefresh('oidcc-client-test-refresh-token-invalid-sub', lie);
    expect(refreshed).toEqual({ status: 'REFRESH_UNCLEAR', isKnown: false, refused: 1 });
  });
});
