import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Browser } from './support/browser.js';
import { AVAILABILITY, CLI_SECRET, ME, ONBOARD, PENDING } from './support/documents.js';
import { OidcScenario } from './support/oidc-scenario.js';

describe('Onboarding', () => {
  let scenario: OidcScenario;
  beforeEach(async () => (scenario = await OidcScenario.open()));
  afterEach(() => scenario.close());

  const onboard = (browser: Browser, username: string) => scenario.app.ask(browser, ONBOARD, { input: { username } });

  it('refuses a name that somebody has in any spelling, suggests a free one, and goes on waiting', async () => {
    await scenario.onboarded('lin', 'Linnea');
    const sam = new Browser();
    await scenario.firstLogin(sam, 'sam');
    const refused = await onboard(sam, 'ＬＩＮＮＥＡ');
    expect(refused.errors[0]?.extensions).toEqual({ code: 'USERNAME_TAKEN', suggestion: expect.any(String) });
    const { suggestion } = refused.errors[0]!.extensions;
    expect((await onboard(sam, suggestion as string)).data.onboard.user.username).toBe(suggestion);
  });

  it('tells who waits for a name whether one is free, and nobody else', async () => {
    await scenario.onboarded('lin');
    const sam = new Browser();
    await scenario.firstLogin(sam, 'sam');
    const availability = async (username: string) =>
      (await scenario.app.ask(sam, AVAILABILITY, { username })).data.usernameAvailability;
    expect(await availability('sam')).toEqual({ available: true, problem: null, suggestion: null });
    expect(await availability('LIN')).toEqual({ available: false, problem: 'TAKEN', suggestion: 'lin-2' });
    expect(await availability('a b')).toEqual({ available: false, problem: 'FORBIDDEN_CHARACTER', suggestion: 'a_b' });
    expect(await availability('')).toMatchObject({ available: false, problem: 'EMPTY' });
    expect(await availability('x'.repeat(256))).toMatchObject({ available: false, problem: 'TOO_LONG' });
    const stranger = await scenario.app.ask(new Browser(), AVAILABILITY, { username: 'lin' });
    expect(stranger.code).toBe('UNAUTHENTICATED');
  });

  it.each([
    '',
    ' ',
    'a b',
    'a,b',
    'a:b',
    'a"b',
    'a~b',
    'a#b',
    'a%b',
    'a$b',
    'a/b',
    'a\\b',
    'a\u0000b',
    'a\u202eb',
    'x'.repeat(256),
  ])('refuses the name %j with a message that says what a name takes, and goes on waiting', async (username) => {
    const browser = new Browser();
    await scenario.firstLogin(browser, 'lin');
    const refused = await onboard(browser, username);
    expect(refused.code).toBe('BAD_USER_INPUT');
    expect(refused.errors[0]?.extensions.fields[0].path).toEqual(['input', 'username']);
    expect((await scenario.app.ask(browser, PENDING)).data.pendingOnboarding).not.toBeNull();
  });

  it('waits for 15 minutes and no longer', async () => {
    const browser = new Browser();
    await scenario.firstLogin(browser, 'lin');
    scenario.app.clock.advance(15 * 60 + 1);
    expect((await scenario.app.ask(browser, PENDING)).data.pendingOnboarding).toBeNull();
    expect((await onboard(browser, 'lin')).code).toBe('ONBOARDING_EXPIRED');
  });

  it('can be ended only in the browser in which it began', async () => {
    await scenario.firstLogin(new Browser(), 'lin');
    expect((await onboard(new Browser(), 'lin')).code).toBe('ONBOARDING_EXPIRED');
  });

  it('is used once: of two names sent at the same moment one wins, and there is one user', async () => {
    const browser = new Browser();
    await scenario.firstLogin(browser, 'lin');
    const twin = Object.assign(new Browser(), { jar: await browser.jar.clone() });
    const answers = await Promise.all([onboard(browser, 'one'), onboard(twin, 'two')]);
    const codes = answers.map(({ code }) => code);
    expect(codes.filter((code) => code === undefined)).toHaveLength(1);
    expect(codes).toContain('ONBOARDING_EXPIRED');
    const winner = answers.find(({ code }) => code === undefined)?.data.onboard.user.username as string;
    const again = new Browser();
    expect((await scenario.login(again, 'lin')).url.pathname).toBe('/profile');
    expect((await scenario.app.ask(again, ME)).data.me.username).toBe(winner);
  });

  it('happens once: a returning person is recognised by issuer and subject, whatever else has changed', async () => {
    await scenario.onboarded('lin', 'first.mate');
    const lin = scenario.provider.people[0]!;
    Object.assign(lin, { username: 'renamed', email: 'new@example.com', groups: ['captains'] });
    const browser = new Browser();
    expect((await scenario.login(browser, 'renamed', '/profile?x=1')).url.href).toBe(`${scenario.app.url}/profile?x=1`);
    const { me } = (await scenario.app.ask(browser, ME)).data;
    expect(me).toMatchObject({ username: 'first.mate', email: 'new@example.com', groups: [{ name: 'captains' }] });
  });

  it('is needed by somebody else with the same e-mail address and name, who is another person', async () => {
    await scenario.onboarded('lin');
    scenario.provider.people.push({
      subject: 'sub-other',
      username: 'lin2',
      name: 'Lin Chen',
      email: 'lin@example.com',
    });
    expect((await scenario.login(new Browser(), 'lin2')).url.pathname).toBe('/onboarding');
  });

  it('ends with the provider of its login: after the settings have moved on, nothing waits', async () => {
    const browser = new Browser();
    await scenario.firstLogin(browser, 'lin');
    await scenario.configure({ oidc: { clientId: 'another-client' } });
    expect((await onboard(browser, 'lin')).code).toBe('ONBOARDING_EXPIRED');
  });

  it('keeps the CLI secret from who has no name yet', async () => {
    const browser = new Browser();
    await scenario.firstLogin(browser, 'lin');
    expect((await scenario.app.ask(browser, CLI_SECRET)).code).toBe('UNAUTHENTICATED');
  });
});
