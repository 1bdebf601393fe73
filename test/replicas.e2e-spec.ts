import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TestApp } from './support/app.js';
import { Browser } from './support/browser.js';
import {
  CLI_SECRET,
  END_SESSION,
  GENERATE,
  LOGIN_OPTIONS,
  LOGOUT,
  ME,
  ONBOARD,
  SESSIONS,
  SET_DISABLED,
  VERIFY,
} from './support/documents.js';
import { OidcScenario } from './support/oidc-scenario.js';

const ROUNDS = 20;

describe('With two replicas on one database', () => {
  let scenario: OidcScenario;
  let one: TestApp;
  let other: TestApp;

  beforeEach(async () => {
    scenario = await OidcScenario.open();
    one = scenario.app;
    other = await TestApp.start({
      DATA_DIR: one.environment.dataDir,
      ADMIN_PASSWORD: one.adminPassword,
      PUBLIC_URL: one.url,
    });
  });
  afterEach(async () => {
    await other.stop({ keepData: true });
    await scenario.close();
  });

  const verifiedAt = async (app: TestApp, username: string, secret: string) => {
    const asker = { bearer: scenario.verifierToken };
    return (await app.ask(asker, VERIFY, { username, secret })).data.verifyCliSecret.status as string;
  };
  const atOther = (url: URL) => Object.assign(new URL(url), { host: new URL(other.url).host }).href;
  const isLoggedIn = async (app: TestApp, browser: Browser) => (await app.ask(browser, ME)).data.me !== null;

  it('a login that was begun at one is ended at the other, and goes on at either', async () => {
    const lin = new Browser();
    const callback = await scenario.submitAndStopBeforeCallback(lin, 'lin');
    expect(callback.host).toBe(new URL(one.url).host);
    const landed = await lin.fetch(atOther(callback));
    expect([landed.status, landed.headers.get('location')]).toEqual([302, '/onboarding']);
    expect((await one.ask(lin, ONBOARD, { input: { username: 'lin' } })).code).toBeUndefined();
    const { secret } = (await other.ask(lin, CLI_SECRET)).data.cliSecret;
    expect([await verifiedAt(one, 'lin', secret), await verifiedAt(other, 'lin', secret)]).toEqual(['VALID', 'VALID']);
  });

  it('an attempt to log in that was used up at one is used up at the other', async () => {
    const lin = new Browser();
    const callback = await scenario.submitAndStopBeforeCallback(lin, 'lin');
    const copy = lin.copy();
    expect((await lin.fetch(callback.href)).status).toBe(302);
    expect((await copy.fetch(atOther(callback))).status).toBe(403);
  });

  it('a setting that was changed at one is in force at the other at its next request', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const name = `Office ${round}`;
      const [changing, reading] = round % 2 === 0 ? [one, other] : [other, one];
      await changing.configure({ oidc: { name } });
      expect((await reading.ask(undefined, LOGIN_OPTIONS)).data.loginOptions.oidcProvider.name).toBe(name);
    }
  });

  it('a secret that was replaced at one is refused by the other from the answer on', async () => {
    const lin = await scenario.onboarded('lin');
    let secret = await scenario.secretOf(lin);
    for (let round = 0; round < ROUNDS; round++) {
      const [replacing, verifying] = round % 2 === 0 ? [one, other] : [other, one];
      expect(await verifiedAt(verifying, 'lin', secret)).toBe('VALID');
      const next = (await replacing.ask(lin, GENERATE)).data.generateCliSecret.cliSecret.secret;
      expect(await verifiedAt(verifying, 'lin', secret)).toBe('MISMATCH');
      secret = next;
    }
  });

  it('a session that was ended at one is ended at the other', async () => {
    const lin = await scenario.onboarded('lin');
    const phone = new Browser();
    await scenario.login(phone, 'lin');
    const { sessions } = (await one.ask(phone, SESSIONS)).data;
    const { id } = sessions.find((session: { isCurrent: boolean }) => session.isCurrent);
    await one.ask(lin, END_SESSION, { input: { sessionId: id } });
    expect([await isLoggedIn(other, phone), await isLoggedIn(other, lin)]).toEqual([false, true]);
    const copy = lin.copy();
    await other.ask(lin, LOGOUT);
    expect(await isLoggedIn(one, copy)).toBe(false);
  });

  it('a person who was barred at one is refused by the other, in the browser and at the registry', async () => {
    const lin = await scenario.onboarded('lin');
    const secret = await scenario.secretOf(lin);
    const { id } = (await one.ask(lin, ME)).data.me;
    await one.ask(one.admin, SET_DISABLED, { input: { userId: id, isDisabled: true } });
    expect(await isLoggedIn(other, lin)).toBe(false);
    expect(await verifiedAt(other, 'lin', secret)).toBe('USER_DISABLED');
  });
});
