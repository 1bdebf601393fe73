import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Browser } from './support/browser.js';
import { ME, ONBOARD, PENDING } from './support/documents.js';
import { OidcScenario } from './support/oidc-scenario.js';

describe('A first login', () => {
  let scenario: OidcScenario;
  beforeAll(async () => (scenario = await OidcScenario.open()));
  afterAll(() => scenario.close());

  it('leads from the provider through a user name to a CLI secret that a registry backend accepts', async () => {
    const { app } = scenario;
    const browser = new Browser();
    const landed = await scenario.login(browser, 'lin', '/profile?tab=secret');
    expect(landed.url.pathname).toBe('/onboarding');
    expect((await app.ask(browser, ME)).data.me).toBeNull();

    const { pendingOnboarding } = (await app.ask(browser, PENDING)).data;
    expect(pendingOnboarding).toMatchObject({
      providerName: 'Example Office',
      suggestedUsername: 'lin',
      email: 'lin@example.com',
    });

    const { data } = await app.ask(browser, ONBOARD, { input: { username: 'lin.chen' } });
    expect(data.onboard).toMatchObject({ user: { username: 'lin.chen' }, redirectUrl: '/profile?tab=secret' });

    const { me } = (await app.ask(browser, ME)).data;
    expect(me).toMatchObject({ username: 'lin.chen', kind: 'OIDC', isAdmin: false, realName: 'Lin Chen' });
    expect(me.groups).toEqual([{ name: 'crew' }, { name: 'mooring-admins' }]);
    expect(me.oidcIdentity).toMatchObject({
      issuer: scenario.provider.issuer,
      subject: 'sub-lin',
      tokenState: 'FRESH',
    });

    const secret = await scenario.secretOf(browser);
    expect(secret).toMatch(/^mrg_[0-9A-Za-z]{38}$/);
    const verification = await scenario.verify('lin.chen', secret);
    expect(verification).toMatchObject({
      valid: true,
      status: 'VALID',
      message: null,
      principal: { userId: me.id, username: 'lin.chen', isAdmin: false, groups: ['crew', 'mooring-admins'] },
    });
    expect(verification.validUntil).toBe(me.oidcIdentity.tokenExpiresAt);
  });
});
