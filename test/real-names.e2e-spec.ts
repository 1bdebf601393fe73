import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Browser } from './support/browser.js';
import { ME, UPDATE_PROFILE } from './support/documents.js';
import { OidcScenario } from './support/oidc-scenario.js';

describe('The real name of a person', () => {
  let scenario: OidcScenario;
  let lin: Browser;
  beforeAll(async () => {
    scenario = await OidcScenario.open();
    lin = await scenario.onboarded('lin');
  });
  afterAll(() => scenario.close());
  beforeEach(() => setName(null));

  const setName = (realName: string | null) => scenario.app.ask(lin, UPDATE_PROFILE, { input: { realName } });
  const nameAfterLogin = async (name: string) => {
    const person = scenario.provider.people.find(({ username }) => username === 'lin')!;
    scenario.provider.people.splice(scenario.provider.people.indexOf(person), 1, { ...person, name });
    await scenario.login(lin, 'lin');
    return (await scenario.app.ask(lin, ME)).data.me.realName as string | null;
  };

  it('follows the provider with each login, as the e-mail address does', async () => {
    expect(await nameAfterLogin('R 16')).toBe('R 16');
    expect(await nameAfterLogin('New Name')).toBe('New Name');
  });

  it('stays as the person has set it, until the person clears it', async () => {
    await setName('Lin of the Quay');
    expect(await nameAfterLogin('Another Name')).toBe('Lin of the Quay');
    await setName(null);
    expect(await nameAfterLogin('Another Name')).toBe('Another Name');
  });
});
