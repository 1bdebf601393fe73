import { afterEach, beforeEach, describe, it } from '@jest/globals';
import { OidcScenario } from '../support/oidc-scenario.js';
import { Chromium, chooseAtProvider, passwordInBrowser } from './chromium.js';

const person = (subject: string, username: string) => ({
  ...{ subject, username, name: username, email: 'lin@example.com', groups: [] },
});

describe('An account under another identity', () => {
  let scenario: OidcScenario;
  let browser: Chromium;
  beforeEach(async () => {
    scenario = await OidcScenario.open({ people: [person('sub-lin', 'lin'), person('sub-lin-2', 'lin.chen')] });
    browser = await Chromium.start();
  });
  afterEach(async () => {
    await browser.close();
    await scenario.close();
  });

  it('is asked for, given by an administrator who sees both identities, and entered at the next login', async () => {
    await scenario.onboarded('lin');
    const person = await browser.tab();
    await person.goto(scenario.app.url);
    await person.getByRole('link', { name: 'Login via OIDC Provider' }).click();
    await chooseAtProvider(person, 'lin.chen');
    await person.getByRole('button', { name: 'I had an account here before' }).click();
    await person.getByLabel('Name of your account').fill('lin');
    await person.getByRole('button', { name: 'Ask for this account' }).click();
    await person.getByText('You have asked for an account').waitFor();

    const other = await Chromium.start();
    try {
      const administrator = await other.tab();
      await administrator.goto(`${scenario.app.url}/administration/users`);
      await passwordInBrowser(administrator, 'admin', scenario.app.adminPassword);
      const request = administrator.getByRole('region', { name: 'Request for lin' });
      await request.getByText('sub-lin-2', { exact: true }).waitFor();
      await request.getByText('sub-lin', { exact: true }).waitFor();
      await request.getByRole('button', { name: 'Give them the account' }).click();
      const dialog = administrator.getByRole('dialog');
      await dialog.getByText('sub-lin-2', { exact: true }).waitFor();
      await dialog.getByText('its images stay where they are').waitFor();
      await dialog.getByRole('button', { name: 'Give the account' }).click();
      await administrator.getByText('The account lin has its new identity.').waitFor();
    } finally {
      await other.close();
    }

    await person.getByRole('button', { name: 'Has it been decided?' }).click();
    await person.getByText('The account is yours').waitFor();
    await person.getByRole('link', { name: 'Log in' }).click();
    await person.getByRole('button', { name: 'lin: menu' }).waitFor();
  });
});
