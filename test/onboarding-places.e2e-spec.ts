import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { repositoryNameOf } from '../src/registry/protocol/index.js';
import { UsersService } from '../src/users/index.js';
import { NameSuggestions } from '../src/users/names/index.js';
import { Browser } from './support/browser.js';
import { ME, ONBOARD, PENDING } from './support/documents.js';
import { OidcScenario } from './support/oidc-scenario.js';

const PLACE = `query ($username: String!) {
  usernameAvailability(username: $username) { available problem suggestion repositoryName suggestionWithRepository } }`;

describe('The place in the registry that a new name gives', () => {
  let scenario: OidcScenario;
  beforeEach(async () => (scenario = await OidcScenario.open()));
  afterEach(() => scenario.close());

  const placeOf = async (browser: Browser, username: string) =>
    (await scenario.app.ask(browser, PLACE, { username })).data.usernameAvailability;
  const waiting = async (login: string) => {
    const browser = new Browser();
    await scenario.firstLogin(browser, login);
    return browser;
  };
  const suggested = async (browser: Browser) =>
    (await scenario.app.ask(browser, PENDING)).data.pendingOnboarding.suggestedUsername;
  const callLin = (username: string) => Object.assign(scenario.provider.people[0]!, { username });

  it('is told with the name, and where there is none, a name that gives one', async () => {
    await scenario.onboarded('lin', 'zoe');
    const sam = await waiting('sam');
    const valid = { available: true, problem: null, suggestion: null };
    expect(await placeOf(sam, 'Lin')).toEqual({ ...valid, repositoryName: 'lin', suggestionWithRepository: null });
    expect(await placeOf(sam, 'lin@example.com')).toEqual({
      ...{ ...valid, repositoryName: null, suggestionWithRepository: 'lin' },
    });
    expect(await placeOf(sam, 'zoë')).toMatchObject({ ...valid, suggestionWithRepository: 'zoe-2' });
    expect(await placeOf(sam, 'лин')).toEqual({ ...valid, repositoryName: null, suggestionWithRepository: null });
    expect(await placeOf(sam, 'Zoe')).toMatchObject({ problem: 'TAKEN', suggestion: 'zoe-2', repositoryName: 'zoe' });
  });

  it.each([
    ['lin.marsh@example.com', 'lin.marsh'],
    ['Zoë Weiß', 'zoe_weiss'],
    ['лин', 'лин'],
  ])('is that of the suggested name, where there can be one: for %s, %s', async (claim, name) => {
    callLin(claim);
    expect(await suggested(await waiting(claim))).toBe(name);
  });

  it('is given by every suggestion, which is valid and free', async () => {
    for (const [login, username] of [
      ['lin', 'a'],
      ['sam', 'zoe'],
    ] as const)
      await scenario.onboarded(login, username);
    const [names, users] = [scenario.app.nest.get(NameSuggestions), scenario.app.nest.get(UsersService)];
    const wanted = fc.oneof(
      fc.string({ unit: fc.constantFrom(...'aAzoé-_.@ ,ßøя漢9'), maxLength: 6 }),
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.constantFrom('A', 'Zoë', 'admin', 'anonymous', 'a'.repeat(400), `${'a'.repeat(246)}.-${'b'.repeat(20)}`),
    );
    await fc.assert(
      fc.asyncProperty(wanted, async (text) => {
        const name = await names.suggestWithPlace(text);
        fc.pre(name !== null);
        expect(repositoryNameOf(name)).toBe(name);
        expect(await names.problemOf(name)).toBeUndefined();
        expect(await users.isFree(name)).toBe(true);
        expect(await names.suggest(text)).not.toBeNull();
      }),
      { numRuns: 150 },
    );
  });

  describe('when it is required', () => {
    const require = () => scenario.configure({ oidc: { requireRepositoryName: true } });

    it('refuses a name without one, with a problem of its own, and goes on waiting', async () => {
      await require();
      const lin = await waiting('lin');
      const refused = await scenario.app.ask(lin, ONBOARD, { input: { username: 'lin@example.com' } });
      expect(refused.errors[0]?.extensions.fields[0]).toMatchObject({
        path: ['input', 'username'],
        code: 'NO_PLACE',
      });
      expect(await placeOf(lin, 'лин')).toMatchObject({ available: false, problem: 'NO_PLACE', suggestion: null });
      expect(await placeOf(lin, 'lin@example.com')).toMatchObject({ problem: 'NO_PLACE', suggestion: 'lin' });
      expect((await scenario.app.ask(lin, ONBOARD, { input: { username: 'lin' } })).data.onboard.user.username).toBe(
        'lin',
      );
    });

    it('suggests no name without one', async () => {
      await require();
      callLin('лин');
      expect(await suggested(await waiting('лин'))).toBeNull();
    });

    it('asks for a name instead of onboarding automatically without one', async () => {
      await scenario.configure({ oidc: { autoOnboard: true, requireRepositoryName: true } });
      callLin('lin@example.com');
      expect((await scenario.login(new Browser(), 'lin@example.com')).url.pathname).toBe('/onboarding');
      callLin('lin');
      expect((await scenario.login(new Browser(), 'lin')).url.pathname).toBe('/profile');
    });

    it('leaves names that exist as they are', async () => {
      await scenario.onboarded('lin', 'lin@example.com');
      await require();
      const lin = new Browser();
      expect((await scenario.login(lin, 'lin')).url.pathname).toBe('/profile');
      expect((await scenario.app.ask(lin, ME)).data.me.username).toBe('lin@example.com');
    });
  });
});
