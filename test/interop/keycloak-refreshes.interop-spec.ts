import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Browser } from '../support/browser.js';
import { CONFIGURATION, SET_ADMIN, UPDATE_CONFIGURATION } from '../support/documents.js';
import { Keycloak } from './keycloak.js';
import { KeycloakScenario } from './keycloak-scenario.js';

const AT_ONCE = 40;
/** After silence a grant waits for half a minute at most before it asks again. */
const LONGEST_PAUSE_SECONDS = 31;

describe('Refreshes at Keycloak', () => {
  let keycloak: Keycloak;
  let scenario: KeycloakScenario;
  let lin: Browser;
  let secret: string;
  beforeAll(async () => (keycloak = await Keycloak.start()));
  beforeEach(async () => {
    scenario = await KeycloakScenario.open(keycloak);
    lin = await scenario.onboarded('lin');
    secret = await scenario.secretOf(lin);
  });
  afterEach(() => scenario.close());
  afterAll(() => keycloak.stop());

  const verified = async () => (await scenario.verifyExpired('lin', secret)).status as string;
  /** The same, after the pause that follows an answer which says nothing about the grant. */
  const verifiedLater = () => {
    scenario.app.clock.advance(LONGEST_PAUSE_SECONDS);
    return verified();
  };

  it(`are one for ${AT_ONCE} verifications at once, and for those that follow`, async () => {
    await scenario.expire();
    const all = await Promise.all(Array.from({ length: AT_ONCE }, () => scenario.verify('lin', secret)));
    expect(new Set(all.map(({ status }) => status as string))).toEqual(new Set(['VALID']));
    expect((await scenario.verify('lin', secret)).status).toBe('VALID');
    expect(await scenario.realm.count('REFRESH_TOKEN')).toBe(1);
    expect(await verified()).toBe('VALID');
    expect(await scenario.realm.count('REFRESH_TOKEN')).toBe(2);
    expect(await scenario.realm.count('REFRESH_TOKEN_ERROR')).toBe(0);
  });

  it('go on where each refresh token counts once', async () => {
    await scenario.realm.change({ revokeRefreshToken: true, refreshTokenMaxReuse: 0 });
    for (let round = 0; round < 3; round++) {
      await scenario.expire();
      const all = await Promise.all(Array.from({ length: AT_ONCE }, () => scenario.verify('lin', secret)));
      expect(new Set(all.map(({ status }) => status as string))).toEqual(new Set(['VALID']));
    }
    expect(await scenario.realm.count('REFRESH_TOKEN')).toBe(3);
    expect(await scenario.realm.count('REFRESH_TOKEN_ERROR')).toBe(0);
  });

  it('take away a group that Keycloak took away', async () => {
    expect((await scenario.verify('lin', secret)).principal.groups.sort()).toEqual(['crew', 'pilots']);
    await scenario.realm.leaveGroup('lin', 'pilots');
    expect((await scenario.verifyExpired('lin', secret)).principal.groups).toEqual(['crew']);
  });

  it('take away the last group at once only by confirmAtUserinfo: Keycloak then leaves the claim out', async () => {
    for (const group of ['pilots', 'crew']) await scenario.realm.leaveGroup('lin', group);
    expect((await scenario.verifyExpired('lin', secret)).principal.groups.sort()).toEqual(['crew', 'pilots']);
    const { id } = await scenario.me(lin);
    await scenario.app.ask(scenario.app.admin, SET_ADMIN, { input: { userId: id, isAdmin: true } });
    await scenario.login(lin, 'lin');
    const { revision } = (await scenario.app.ask(lin, CONFIGURATION)).data.configuration;
    const patch = { oidc: { confirmAtUserinfo: true } };
    expect((await scenario.app.ask(lin, UPDATE_CONFIGURATION, { input: { revision, patch } })).code).toBeUndefined();
    expect((await scenario.verifyExpired('lin', secret)).principal.groups).toEqual([]);
  });

  it('end the grant of somebody who is disabled, until they are enabled and log in', async () => {
    await scenario.realm.changePerson('lin', { enabled: false });
    expect(await verified()).toBe('REFRESH_REJECTED');
    const refused = await scenario.login(new Browser(), 'lin');
    expect([refused.url.origin, refused.text]).toEqual([keycloak.url, expect.stringContaining('Account is disabled')]);
    await scenario.realm.changePerson('lin', { enabled: true });
    expect(await verifiedLater()).toBe('REFRESH_REJECTED');
    await scenario.login(new Browser(), 'lin');
    expect(await verified()).toBe('VALID');
  });

  it('leave the grant where the client secret was changed, and go on once it is changed here', async () => {
    await scenario.realm.changeClient({ secret: 'another-client-secret' });
    expect(await verified()).toBe('PROVIDER_REJECTED_CLIENT');
    expect((await scenario.me(lin)).oidcIdentity.reauthenticationReason).toBeNull();
    await scenario.app.configure({ oidc: { clientSecret: 'another-client-secret' } });
    expect(await verifiedLater()).toBe('VALID');
  });

  it('leave the grant where the client was disabled, and go on once it is enabled', async () => {
    await scenario.realm.changeClient({ enabled: false });
    expect(await verified()).toBe('PROVIDER_REJECTED_CLIENT');
    expect((await scenario.me(lin)).oidcIdentity.reauthenticationReason).toBeNull();
    await scenario.realm.changeClient({ enabled: true });
    expect(await verifiedLater()).toBe('VALID');
  });

  it('keep the grant where the realm was disabled, and go on once it is enabled', async () => {
    await scenario.realm.change({ enabled: false });
    expect(await verified()).toBe('REFRESH_UNCLEAR');
    await scenario.realm.change({ enabled: true });
    expect(await verifiedLater()).toBe('VALID');
  });

  it('end by an offline session that was revoked, of which the back channel tells at once', async () => {
    expect((await scenario.verify('lin', secret)).status).toBe('VALID');
    await scenario.realm.revokeOfflineSessions('lin');
    expect((await scenario.verify('lin', secret)).status).toBe('PROVIDER_LOGOUT');
    expect(await scenario.me(lin)).toBeNull();
    await scenario.login(lin, 'lin');
    expect((await scenario.verify('lin', secret)).status).toBe('VALID');
  });
});

describe('While Keycloak is stopped', () => {
  let keycloak: Keycloak;
  let scenario: KeycloakScenario;
  beforeAll(async () => {
    keycloak = await Keycloak.start();
    scenario = await KeycloakScenario.open(keycloak);
  });
  afterAll(async () => {
    await scenario.close();
    await keycloak.stop();
  });

  it('fresh tokens count on, those that have expired wait for it, and nobody has to log in again', async () => {
    const lin = await scenario.onboarded('lin');
    const secret = await scenario.secretOf(lin);
    await keycloak.pause();
    expect((await scenario.verify('lin', secret)).status).toBe('VALID');
    expect((await scenario.verifyExpired('lin', secret)).status).toBe('PROVIDER_UNAVAILABLE');
    await scenario.app.configure({ oidc: { outageGraceMinutes: 60 } });
    expect((await scenario.verify('lin', secret)).status).toBe('VALID');
    expect((await scenario.me(lin)).oidcIdentity.tokenState).toBe('OUTAGE_GRACE');
    await scenario.app.configure({ oidc: { outageGraceMinutes: 0 } });
    await keycloak.resume();
    scenario.app.clock.advance(LONGEST_PAUSE_SECONDS);
    expect((await scenario.verifyExpired('lin', secret)).status).toBe('VALID');
    expect((await scenario.me(lin)).oidcIdentity.tokenState).toBe('FRESH');
  });
});
