import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TestApp } from './support/app.js';
import { Browser } from './support/browser.js';
import { AUDIT, ME, PENDING } from './support/documents.js';
import { OidcScenario } from './support/oidc-scenario.js';

const WITHOUT_OFFLINE = { scope: 'openid,profile,email,groups', extraRedirectParameters: [] };

describe('Logging out at the provider, which tells us by the back channel,', () => {
  let scenario: OidcScenario;
  beforeEach(async () => (scenario = await OidcScenario.open({ idTokenSeconds: 3600, oidc: WITHOUT_OFFLINE })));
  afterEach(() => scenario.close());

  const me = async (browser: Browser, app = scenario.app) => (await app.ask(browser, ME)).data.me;
  const audited = async () => {
    const filter = { action: 'backchannel_logout' };
    const { data } = await scenario.app.ask(scenario.app.admin, AUDIT, { filter, first: 10 });
    return data.auditEvents.edges.map(({ node }: { node: object }) => node);
  };

  it('ends the session that came from the one there, and no other one of the same person', async () => {
    const lin = await scenario.onboarded('lin');
    const phone = new Browser();
    await scenario.login(phone, 'lin');
    const sam = await scenario.onboarded('sam');
    await scenario.logOutAtProvider(phone);
    expect([await me(lin), await me(phone), await me(sam)]).toEqual([expect.anything(), null, expect.anything()]);
    expect(await audited()).toMatchObject([
      { actor: { kind: 'PROVIDER' }, target: { label: 'lin' }, outcome: 'SUCCEEDED', reason: null },
    ]);
  });

  it('ends the CLI secret with the grant that came from that session, until the next login', async () => {
    const lin = await scenario.onboarded('lin');
    const secret = await scenario.secretOf(lin);
    expect((await scenario.verify('lin', secret)).status).toBe('VALID');
    await scenario.logOutAtProvider(lin.copy());
    const answer = await scenario.verify('lin', secret);
    expect(answer).toMatchObject({ valid: false, status: 'PROVIDER_LOGOUT', principal: null });
    expect(answer.message).toContain(`log in at ${scenario.app.url}`);
    const phone = new Browser();
    await scenario.login(phone, 'lin');
    expect((await scenario.verify('lin', secret)).status).toBe('VALID');
    await scenario.logOutAtProvider(phone.copy());
    await scenario.login(lin, 'lin');
    expect((await me(lin)).oidcIdentity.tokenState).toBe('FRESH');
  });

  it('leaves the CLI secret of who has logged in again elsewhere meanwhile', async () => {
    const lin = await scenario.onboarded('lin');
    const secret = await scenario.secretOf(lin);
    await scenario.login(new Browser(), 'lin');
    await scenario.logOutAtProvider(lin.copy());
    expect((await scenario.verify('lin', secret)).status).toBe('VALID');
  });

  it('tells the person why', async () => {
    const lin = await scenario.onboarded('lin');
    await scenario.secretOf(lin);
    const first = new Browser();
    await scenario.login(first, 'lin');
    await scenario.logOutAtProvider(first);
    expect((await me(lin)).oidcIdentity).toMatchObject({
      tokenState: 'REAUTHENTICATION_REQUIRED',
      reauthenticationReason: 'PROVIDER_LOGOUT',
    });
    expect((await me(lin)).cliSecret.status).toBe('PROVIDER_LOGOUT');
  });

  it('ends no grant that was granted to outlive it', async () => {
    const again = [{ name: 'prompt', value: 'consent' }];
    await scenario.configure({
      oidc: { scope: 'openid,profile,email,groups,offline_access', extraRedirectParameters: again },
    });
    const lin = await scenario.onboarded('lin');
    const secret = await scenario.secretOf(lin);
    await scenario.logOutAtProvider(lin);
    expect(await me(lin)).toBeNull();
    expect((await scenario.verify('lin', secret)).status).toBe('VALID');
  });

  it('ends a first login that waits for a user name', async () => {
    const lin = new Browser();
    await scenario.firstLogin(lin, 'lin');
    expect((await scenario.app.ask(lin, PENDING)).data.pendingOnboarding).not.toBeNull();
    await scenario.logOutAtProvider(lin);
    expect((await scenario.app.ask(lin, PENDING)).data.pendingOnboarding).toBeNull();
  });

  it('ends the session on every replica', async () => {
    const { environment, adminPassword, url } = scenario.app;
    const changes = { DATA_DIR: environment.dataDir, ADMIN_PASSWORD: adminPassword, PUBLIC_URL: url };
    const other = await TestApp.start(changes);
    const lin = await scenario.onboarded('lin');
    expect(await me(lin, other)).not.toBeNull();
    await scenario.logOutAtProvider(lin.copy());
    expect([await me(lin, other), await me(lin)]).toEqual([null, null]);
    await other.stop({ keepData: true });
  });
});
