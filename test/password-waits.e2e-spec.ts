import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TestApp } from './support/app.js';
import { Browser } from './support/browser.js';
import {
  CHANGE_PASSWORD,
  CREATE_RULE,
  CREATE_TOKEN,
  CREATE_USER,
  DELETE_TOKEN,
  DELETE_USER,
  LOGIN,
  ME,
  REGISTER,
  RESET_PASSWORD,
  SET_ADMIN,
  SET_DISABLED,
} from './support/documents.js';
import { pausedHash } from './support/paused-hash.js';
import { basic, getToken, verifiedClaims } from './support/registry-client.js';

const PASSWORD = 'First-password-1';
const NEXT = 'Second-password-2';
const ENDINGS = ['disabled', 'disabled and enabled again', 'given another password', 'deleted'] as const;

describe('While a password waits to be hashed', () => {
  let app: TestApp;
  let linId: string;
  beforeEach(async () => {
    app = await TestApp.start();
    const input = { username: 'lin', password: PASSWORD, email: 'lin@example.org', isAdmin: true };
    linId = (await app.ask(app.admin, CREATE_USER, { input })).data.createUser.user.id;
  });
  afterEach(() => app.stop());

  const told = async (document: string, input: object, asker = app.admin) => {
    expect((await app.ask(asker, document, { input: { userId: linId, ...input } })).code).toBeUndefined();
  };
  const end = async (ending: (typeof ENDINGS)[number], administrator: Browser) => {
    if (ending === 'given another password') await told(RESET_PASSWORD, { newPassword: NEXT }, administrator);
    else if (ending === 'deleted') await told(DELETE_USER, {}, administrator);
    else await told(SET_DISABLED, { isDisabled: true }, administrator);
    if (ending === 'disabled and enabled again') await told(SET_DISABLED, { isDisabled: false }, administrator);
  };
  const loginAs = (browser: Browser, password = PASSWORD) =>
    app.ask(browser, LOGIN, { input: { username: 'lin', password } });
  const tokenOf = (password = PASSWORD) =>
    getToken(app.url, { service: 'registry', scope: 'repository:quay/app:push' }, basic('lin', password));
  const forgetSuccesses = () => app.clock.advance(61);
  const nameOf = async (browser: Browser) => (await app.ask(browser, ME)).data.me?.username ?? null;

  it.each(ENDINGS)('a user who is %s gets no registry token', async (ending) => {
    const administrator = await app.loggedIn('admin', app.adminPassword);
    const asks = pausedHash(app);
    const token = tokenOf();
    const letGo = await asks;
    await end(ending, administrator);
    letGo();
    expect((await token).status).toBe(401);
  });

  it.each(ENDINGS)('a user who is %s gets no session', async (ending) => {
    const [administrator, browser] = [await app.loggedIn('admin', app.adminPassword), new Browser()];
    const asks = pausedHash(app);
    const login = loginAs(browser);
    const letGo = await asks;
    await end(ending, administrator);
    letGo();
    expect((await login).code).toBe('INVALID_CREDENTIALS');
    expect(await nameOf(browser)).toBeNull();
  });

  it('an administrator who is one no longer gets a token without the rights', async () => {
    const administrator = await app.loggedIn('admin', app.adminPassword);
    const asks = pausedHash(app);
    const token = tokenOf();
    const letGo = await asks;
    await told(SET_ADMIN, { isAdmin: false }, administrator);
    letGo();
    const { status, body } = await token;
    const { access } = await verifiedClaims(app.url, body.token, app.clock.now());
    expect([status, access]).toEqual([200, []]);
  });

  it('the built-in administrator whose password is changed at another replica is let in by Basic no longer', async () => {
    const { environment, adminPassword, url } = app;
    const other = await TestApp.start({ DATA_DIR: environment.dataDir, PUBLIC_URL: url });
    const administrator = new Browser();
    await other.ask(administrator, LOGIN, { input: { username: 'admin', password: adminPassword } });
    forgetSuccesses();
    const asks = pausedHash(app);
    const answer = app.ask(app.admin, ME);
    const letGo = await asks;
    const input = { currentPassword: adminPassword, newPassword: NEXT };
    expect((await other.ask(administrator, CHANGE_PASSWORD, { input })).code).toBeUndefined();
    letGo();
    expect((await answer).code).toBe('INVALID_CREDENTIALS');
    await other.stop({ keepData: true });
  });

  it.each(['fits', 'hash'] as const)('a user who is disabled changes no password (held at %s)', async (work) => {
    const [administrator, lin] = [await app.loggedIn('admin', app.adminPassword), await app.loggedIn('lin', PASSWORD)];
    forgetSuccesses();
    const asks = pausedHash(app, work);
    const changed = app.ask(lin, CHANGE_PASSWORD, { input: { currentPassword: PASSWORD, newPassword: NEXT } });
    const letGo = await asks;
    await told(SET_DISABLED, { isDisabled: true }, administrator);
    letGo();
    expect((await changed).code).toBe('INVALID_CREDENTIALS');
    await told(SET_DISABLED, { isDisabled: false }, administrator);
    expect(await nameOf(lin)).toBeNull();
    expect((await loginAs(new Browser())).code).toBeUndefined();
  });

  describe.each([
    ['createUser', CREATE_USER, { username: 'sam', password: PASSWORD, email: 'sam@example.org', isAdmin: true }],
    ['resetPassword', RESET_PASSWORD, { newPassword: NEXT }],
  ])('%s', (_name, document, given) => {
    const input = async () => {
      if (document === CREATE_USER) return given;
      const sam = { username: 'sam', password: PASSWORD, email: 'sam@example.org' };
      const { data } = await app.ask(app.admin, CREATE_USER, { input: sam });
      return { ...given, userId: data.createUser.user.id };
    };
    const canSamLogIn = async (password: string) =>
      (await app.ask(new Browser(), LOGIN, { input: { username: 'sam', password } })).code === undefined;

    it.each([
      ['disabled', SET_DISABLED, { isDisabled: true }, 'UNAUTHENTICATED'],
      ['an administrator no longer', SET_ADMIN, { isAdmin: false }, 'FORBIDDEN'],
    ])('is refused to somebody who is %s', async (_ending, ending, change, code) => {
      const lin = await app.loggedIn('lin', PASSWORD);
      const variables = { input: await input() };
      const asks = pausedHash(app, 'hash');
      const answer = app.ask(lin, document, variables);
      const letGo = await asks;
      await told(ending, change);
      letGo();
      expect((await answer).code).toBe(code);
      expect(await canSamLogIn(document === CREATE_USER ? PASSWORD : NEXT)).toBe(false);
    });

    it('is refused to a service token that is deleted', async () => {
      const made = await app.ask(app.admin, CREATE_TOKEN, { input: { name: 'backend', role: 'ADMIN' } });
      const { token, serviceToken } = made.data.createServiceToken;
      const variables = { input: await input() };
      const asks = pausedHash(app, 'hash');
      const answer = app.ask({ bearer: token }, document, variables);
      const letGo = await asks;
      await told(DELETE_TOKEN, { userId: undefined, serviceTokenId: serviceToken.id });
      letGo();
      expect((await answer).code).toBe('INVALID_CREDENTIALS');
      expect(await canSamLogIn(document === CREATE_USER ? PASSWORD : NEXT)).toBe(false);
    });
  });

  it('nobody makes an account whose name was reserved by a rule meanwhile', async () => {
    await app.configure({ selfRegistration: true });
    const asks = pausedHash(app, 'hash');
    const input = { username: 'sam', password: PASSWORD, email: 'sam@example.org' };
    const answer = app.ask(undefined, REGISTER, { input });
    const letGo = await asks;
    const rule = { repositoryPattern: 'sam/**', actions: ['PULL'], subjectKind: 'AUTHENTICATED' };
    await app.ask(app.admin, CREATE_RULE, { input: { rule } });
    letGo();
    const { code, errors } = await answer;
    expect([code, JSON.stringify(errors[0]?.extensions)]).toEqual([
      'BAD_USER_INPUT',
      expect.stringContaining('"RESERVED"'),
    ]);
  });

  it('nobody makes an account for themselves once self-registration is off', async () => {
    await app.configure({ selfRegistration: true });
    const asks = pausedHash(app, 'hash');
    const input = { username: 'sam', password: PASSWORD, email: 'sam@example.org' };
    const answer = app.ask(undefined, REGISTER, { input });
    const letGo = await asks;
    await app.configure({ selfRegistration: false });
    letGo();
    expect((await answer).code).toBe('SELF_REGISTRATION_OFF');
  });
});
