import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Browser } from '../support/browser.js';
import { formOn, submitForm } from '../support/form-page.js';
import { databaseVariables } from '../support/fresh-database.js';
import { mooring } from '../support/mooring-command.js';
import { Keycloak } from './keycloak.js';
import { KeycloakChanges, KeycloakScenario } from './keycloak-scenario.js';

/** Then there is a session at Keycloak, for the browser and for the CLI secret; with offline access it keeps none for the browser. */
const WITHOUT_OFFLINE = { oidc: { scope: 'openid,profile,email' } };
/** Their names make the ID token some 6 kB long. */
const MANY_GROUPS = Array.from(
  { length: 160 },
  (_, index) => `a-group-of-the-office-${String(index).padStart(3, '0')}`,
);

describe('At Keycloak', () => {
  let keycloak: Keycloak;
  let scenario: KeycloakScenario;
  beforeAll(async () => (keycloak = await Keycloak.start()));
  afterEach(() => scenario.close());
  afterAll(() => keycloak.stop());

  const open = async (changes?: KeycloakChanges) => (scenario = await KeycloakScenario.open(keycloak, changes));
  const isBack = ({ pathname }: URL) => pathname === '/';
  /** Whether Keycloak asks for the password. */
  const isAsked = async (browser: Browser) => (await scenario.toProvider(browser)).text.includes('kc-form-login');

  it('a logout ends the session there too, with the CLI secret that depends on it, and comes back to the login page', async () => {
    await open(WITHOUT_OFFLINE);
    const lin = await scenario.onboarded('lin');
    const secret = await scenario.secretOf(lin);
    expect(await isAsked(lin)).toBe(false);
    const back = await lin.open(await scenario.logout(lin), {}, isBack);
    expect(back.url.href).toBe(`${scenario.app.url}/`);
    expect(await scenario.me(lin)).toBeNull();
    expect(await isAsked(lin)).toBe(true);
    expect((await scenario.verify('lin', secret)).status).toBe('PROVIDER_LOGOUT');
  });

  it('a logout with an ID token of 6 kB is a form', async () => {
    await open({ groups: MANY_GROUPS, ...WITHOUT_OFFLINE });
    const lin = await scenario.onboarded('lin');
    expect(await isAsked(lin)).toBe(false);
    const page = await lin.open(await scenario.logout(lin));
    const { id_token_hint } = formOn(page).fields;
    expect(id_token_hint?.length).toBeGreaterThan(6000);
    const back = await submitForm(lin, page, isBack);
    expect(back.url.href).toBe(`${scenario.app.url}/`);
    expect(await isAsked(lin)).toBe(true);
  });

  it('a logout of the portal leaves the CLI secret, where the login has offline access', async () => {
    await open();
    const lin = await scenario.onboarded('lin');
    const secret = await scenario.secretOf(lin);
    await lin.open(await scenario.logout(lin), {}, isBack);
    expect((await scenario.verifyExpired('lin', secret)).status).toBe('VALID');
  });

  it('somebody who was recreated under a new subject is another person, until the account is moved', async () => {
    await open();
    const lin = await scenario.onboarded('lin');
    const secret = await scenario.secretOf(lin);
    const { id, oidcIdentity } = await scenario.me(lin);
    const subject = await scenario.realm.recreate('lin');
    expect((await scenario.verifyExpired('lin', secret)).status).toBe('REFRESH_REJECTED');
    expect((await scenario.login(new Browser(), 'lin')).url.pathname).toBe('/onboarding');

    const { issuer } = oidcIdentity as { issuer: string };
    const map = [
      'old_issuer,old_subject,new_issuer,new_subject',
      [issuer, oidcIdentity.subject, issuer, subject].join(),
    ];
    expect(await rebind(map)).toMatchObject({ code: 0, out: expect.stringContaining('1 user got another identity.') });
    const again = new Browser();
    expect((await scenario.login(again, 'lin')).url.pathname).toBe('/profile');
    expect(await scenario.me(again)).toMatchObject({ id, username: 'lin', oidcIdentity: { issuer, subject } });
    const fresh = await scenario.secretOf(again);
    expect([(await scenario.verify('lin', fresh)).status, (await scenario.verify('lin', secret)).status]).toEqual([
      ...['VALID', 'MISMATCH'],
    ]);
  });

  const rebind = async (lines: readonly string[]) => {
    const { dataDir } = scenario.app.environment;
    const map = join(dataDir, 'map.csv');
    await writeFile(map, lines.join('\n'));
    const variables = { DATA_DIR: dataDir, ...(await databaseVariables(dataDir)) };
    return mooring(['users', 'rebind', '--map', map, '--apply'], { variables });
  };
});
