import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { HostileScenario } from './support/hostile-scenario.js';

const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout';
const OFFLINE = { scope: 'openid,profile,email,offline_access' };

describe('A logout token for a grant with offline access', () => {
  let scenario: HostileScenario;
  beforeAll(async () => (scenario = await HostileScenario.open()));
  afterAll(() => scenario.close());

  it.each([
    ['ends it where the provider says that offline access ends', { revoke_offline_access: true }, 'PROVIDER_LOGOUT'],
    ['leaves it where the provider says that it stays', { revoke_offline_access: false }, 'VALID'],
    ['leaves it where the provider says nothing', {}, 'VALID'],
  ])('%s', async (_rule, event, status) => {
    const issuer = await scenario.issuer(`offline-${status}-${Object.values(event).join()}`.toLowerCase(), {}, OFFLINE);
    const browser = await scenario.loggedIn(issuer);
    const secret = await scenario.secretOf(browser);
    const token = await issuer.pair.sign(issuer.logoutClaims({ events: { [LOGOUT_EVENT]: {}, ...event } }));
    expect((await scenario.tellOfLogout(token)).status).toBe(200);
    expect(await scenario.me(browser)).toBeNull();
    expect((await scenario.verify(issuer.username, secret)).status).toBe(status);
    issuer.sessionId = `${issuer.sessionId}-later`;
    await scenario.loggedIn(issuer);
    expect((await scenario.verify(issuer.username, secret)).status).toBe('VALID');
  });
});
