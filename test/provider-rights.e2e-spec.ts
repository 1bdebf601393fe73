import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Browser } from './support/browser.js';
import { CONFIGURATION, LOGIN_OPTIONS, ME, ONBOARD, PENDING } from './support/documents.js';
import { OidcScenario } from './support/oidc-scenario.js';

const ME_RIGHTS = 'query Rights { me { username isAdmin adminSources groups { name } } configuration { revision } }';

describe('What the provider’s groups amount to', () => {
  let scenario: OidcScenario;
  beforeEach(async () => (scenario = await OidcScenario.open()));
  afterEach(() => scenario.close());

  it('follows the group filter at once, in the portal and at the registry', async () => {
    const browser = await scenario.onboarded('lin');
    const secret = await scenario.secretOf(browser);
    const shown = async () =>
      (await scenario.app.ask(browser, ME)).data.me.groups.map(({ name }: { name: string }) => name);
    const all: string[] = await shown();
    const [kept] = all;
    await scenario.configure({ oidc: { groupFilter: `^${kept}$` } });
    expect(all.length).toBeGreaterThan(1);
    expect(await shown()).toEqual([kept]);
    expect((await scenario.verify('lin', secret)).principal.groups).toEqual([kept]);
  });

  it.each(['(', '(?=look-around)', String.raw`(a)\1`, 'a'.repeat(1001)])(
    'is never decided by the bad filter %j, which is refused',
    async (groupFilter) => {
      const { code, errors } = await scenario.configure({ oidc: { groupFilter } });
      expect([code, errors[0]?.extensions.fields[0].path.at(-1)]).toEqual(['BAD_USER_INPUT', 'groupFilter']);
      expect(
        (await scenario.app.ask(scenario.app.admin, CONFIGURATION)).data.configuration.oidc.groupFilter,
      ).toBeNull();
    },
  );

  it('makes an administrator of who is in the admin group, while the settings name it', async () => {
    const browser = await scenario.onboarded('lin');
    const secret = await scenario.secretOf(browser);
    const [adminGroup] = (await scenario.app.ask(browser, ME)).data.me.groups.map(({ name }: { name: string }) => name);
    const rights = async () => {
      const { data, code } = await scenario.app.ask(browser, ME_RIGHTS);
      const { principal } = await scenario.verify('lin', secret);
      return [data.me.isAdmin, data.me.adminSources, code, principal.isAdmin];
    };
    expect(await rights()).toEqual([false, [], 'FORBIDDEN', false]);
    await scenario.configure({ oidc: { adminGroup } });
    expect(await rights()).toEqual([true, ['OIDC_GROUP'], undefined, true]);
    await scenario.configure({ oidc: { adminGroup: 'another group' } });
    expect(await rights()).toEqual([false, [], 'FORBIDDEN', false]);
  });

  it('makes nobody an administrator any longer when the provider says so at the next login', async () => {
    const browser = await scenario.onboarded('lin');
    const [adminGroup] = (await scenario.app.ask(browser, ME)).data.me.groups.map(({ name }: { name: string }) => name);
    await scenario.configure({ oidc: { adminGroup } });
    scenario.provider.people.find(({ username }) => username === 'lin')!.groups = [];
    const again = new Browser();
    await scenario.login(again, 'lin');
    expect((await scenario.app.ask(browser, ME_RIGHTS)).data.me).toMatchObject({ isAdmin: false, groups: [] });
  });
});

describe('Automatic onboarding', () => {
  let scenario: OidcScenario;
  beforeEach(async () => (scenario = await OidcScenario.open({ oidc: { autoOnboard: true } })));
  afterEach(() => scenario.close());

  it('takes the name from the user claim, and goes on without a question', async () => {
    const browser = new Browser();
    const { url } = await scenario.login(browser, 'lin');
    expect(url.pathname).toBe('/profile');
    expect((await scenario.app.ask(browser, ME)).data.me).toMatchObject({ username: 'lin', kind: 'OIDC' });
  });

  it('lets the person choose where the name is taken', async () => {
    await scenario.configure({ oidc: { autoOnboard: false } });
    await scenario.onboarded('sam', 'lin');
    await scenario.configure({ oidc: { autoOnboard: true } });
    const browser = new Browser();
    await scenario.firstLogin(browser, 'lin');
    expect((await scenario.app.ask(browser, PENDING)).data.pendingOnboarding.suggestedUsername).toBe('lin-2');
    expect((await scenario.app.ask(browser, ONBOARD, { input: { username: 'lin-2' } })).code).toBeUndefined();
  });

  it('lets the person choose where the claim is no valid name', async () => {
    await scenario.configure({ oidc: { userClaim: 'name' } });
    await scenario.firstLogin(new Browser(), 'lin');
  });
});

describe('The login page', () => {
  let scenario: OidcScenario;
  beforeEach(async () => (scenario = await OidcScenario.open()));
  afterEach(() => scenario.close());

  it('is told whether the provider comes first, and never of self-registration in OIDC mode', async () => {
    await scenario.configure({ oidcPrimary: true, selfRegistration: true });
    const { data } = await scenario.app.ask(undefined, LOGIN_OPTIONS);
    expect(data.loginOptions).toMatchObject({ oidcPrimary: true, selfRegistration: false });
  });
});
