import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TestApp } from './support/app.js';
import { Browser } from './support/browser.js';
import {
  AVAILABILITY,
  CHANGE_PASSWORD,
  CREATE_USER,
  DELETE_USER,
  LOGIN,
  ME,
  REGISTER,
  RESET_PASSWORD,
  SET_ADMIN,
  SET_DISABLED,
  UPDATE_PROFILE,
  USERS,
} from './support/documents.js';

const PASSWORD = 'First-password-1';
const NEXT = 'Second-password-2';
const ADMIN_ID = '00000000-0000-7000-8000-000000000001';
const lin = { username: 'lin', password: PASSWORD, email: 'lin@example.org' };

describe('Local accounts', () => {
  let app: TestApp;
  beforeEach(async () => (app = await TestApp.start()));
  afterEach(() => app.stop());

  const create = (input: object) => app.ask(app.admin, CREATE_USER, { input });
  const createdLin = async () => (await create(lin)).data.createUser.user.id as string;
  const nameOf = async (browser: Browser) => (await app.ask(browser, ME)).data.me?.username ?? null;
  const login = async (username: string, password: string) =>
    (await app.ask(new Browser(), LOGIN, { input: { username, password } })).code ?? 'logged in';

  it('are made by an administrator and log in with their password', async () => {
    const { data } = await create({ ...lin, realName: 'Lin Marsh', comment: 'quay 4' });
    expect(data.createUser.user).toMatchObject({
      ...{ username: 'lin', email: 'lin@example.org', realName: 'Lin Marsh', comment: 'quay 4' },
      ...{ kind: 'LOCAL', isAdmin: false, adminSources: [], isDisabled: false },
    });
    expect(await nameOf(await app.loggedIn('LIN', PASSWORD))).toBe('lin');
    expect(await login('lin', NEXT)).toBe('INVALID_CREDENTIALS');
  });

  it('have names and addresses that nobody else has, in any spelling', async () => {
    await create(lin);
    const sameName = await create({ ...lin, username: 'LIN', email: 'other@example.org' });
    expect([sameName.code, sameName.errors[0]?.extensions.suggestion]).toEqual(['USERNAME_TAKEN', 'lin-2']);
    expect((await create({ ...lin, username: 'sam', email: 'LIN@example.org' })).code).toBe('EMAIL_TAKEN');
  });

  it('are made by people themselves only while self-registration is on', async () => {
    expect((await app.ask(undefined, REGISTER, { input: lin })).code).toBe('SELF_REGISTRATION_OFF');
    expect((await app.ask(undefined, AVAILABILITY, { username: 'lin' })).code).toBe('UNAUTHENTICATED');
    await app.configure({ selfRegistration: true });
    const free = await app.ask(undefined, AVAILABILITY, { username: 'lin' });
    expect(free.data.usernameAvailability.available).toBe(true);
    const { data } = await app.ask(undefined, REGISTER, { input: lin });
    expect(data.register.user).toMatchObject({ username: 'lin', isAdmin: false });
    expect(await login('lin', PASSWORD)).toBe('logged in');
  });

  it('are made by people at one address as often in an hour as the setting says, however many at once', async () => {
    await app.configure({ selfRegistration: true, registrationsPerHour: 6 });
    const register = async (username: string) => {
      const input = { username, password: PASSWORD, email: `${username}@example.org` };
      return (await app.ask(undefined, REGISTER, { input })).code ?? 'registered';
    };
    const codes = await Promise.all(Array.from({ length: 10 }, (_, index) => register(`p${index}`)));
    const [made, refused] = ['registered', 'RATE_LIMITED'].map((code) => codes.filter((one) => one === code).length);
    expect([made, refused]).toEqual([6, 4]);
    expect(await register('p0')).toBe('RATE_LIMITED');
    expect((await create(lin)).code).toBeUndefined();
    expect(await login('lin', PASSWORD)).toBe('logged in');
    await app.configure({ registrationsPerHour: 20 });
    expect(await register('sam')).toBe('registered');
    await app.configure({ registrationsPerHour: 6 });
    expect(await register('ada')).toBe('RATE_LIMITED');
    app.clock.advance(3600);
    expect(await register('ada')).toBe('registered');
  });

  it('are told the rule for passwords before they break it, logged in or not', async () => {
    const { data } = await app.ask(undefined, '{ secretRules { name pattern } }');
    const rules: { name: string; pattern: string }[] = data.secretRules;
    const broken = (text: string) => rules.filter(({ pattern }) => !new RegExp(pattern, 'u').test(text));
    expect(broken('weak').map(({ name }) => name)).toEqual(['LENGTH', 'UPPER_CASE_LETTER', 'DIGIT']);
    expect(broken(PASSWORD)).toEqual([]);
  });

  it('leave a tombstone that keeps the name, and nothing that could log in', async () => {
    const userId = await createdLin();
    const browser = await app.loggedIn('lin', PASSWORD);
    const { data } = await app.ask(app.admin, DELETE_USER, { input: { userId } });
    expect(data.deleteUser).toEqual({ userId });
    expect([await nameOf(browser), await login('lin', PASSWORD)]).toEqual([null, 'INVALID_CREDENTIALS']);
    expect((await create(lin)).code).toBe('USERNAME_TAKEN');
    expect((await create({ ...lin, username: 'sam' })).code).toBeUndefined();
    expect((await app.ask(app.admin, DELETE_USER, { input: { userId } })).code).toBe('NOT_FOUND');
  });

  it('change their own password: other sessions end, this one goes on', async () => {
    await createdLin();
    const [here, elsewhere] = [await app.loggedIn('lin', PASSWORD), await app.loggedIn('lin', PASSWORD)];
    const change = (currentPassword: string, newPassword: string) =>
      app.ask(here, CHANGE_PASSWORD, { input: { currentPassword, newPassword } });
    expect((await change(NEXT, NEXT)).code).toBe('INVALID_CREDENTIALS');
    expect((await change(PASSWORD, 'weak')).errors[0]?.extensions.fields[0].path).toEqual(['input', 'newPassword']);
    expect((await change(PASSWORD, NEXT)).data.changePassword.user.username).toBe('lin');
    expect([await nameOf(here), await nameOf(elsewhere)]).toEqual(['lin', null]);
    expect([await login('lin', PASSWORD), await login('lin', NEXT)]).toEqual(['INVALID_CREDENTIALS', 'logged in']);
  });

  it('get a new password from an administrator, which ends their sessions', async () => {
    const userId = await createdLin();
    const browser = await app.loggedIn('lin', PASSWORD);
    await app.ask(app.admin, RESET_PASSWORD, { input: { userId, newPassword: NEXT } });
    expect([await nameOf(browser), await login('lin', NEXT)]).toEqual([null, 'logged in']);
  });

  it('change their own profile, and nobody gets an address that is taken', async () => {
    await createdLin();
    await create({ username: 'sam', password: PASSWORD, email: 'sam@example.org' });
    const browser = await app.loggedIn('lin', PASSWORD);
    const change = (input: object) => app.ask(browser, UPDATE_PROFILE, { input });
    const { data } = await change({ realName: 'Lin Marsh', email: 'marsh@example.org' });
    expect(data.updateProfile.user).toMatchObject({ realName: 'Lin Marsh', email: 'marsh@example.org', comment: null });
    expect((await change({ realName: null })).data.updateProfile.user.realName).toBeNull();
    expect((await change({ email: 'SAM@example.org' })).code).toBe('EMAIL_TAKEN');
    expect((await change({ email: null })).code).toBe('BAD_USER_INPUT');
  });

  it('are found by their address in any case, the one they have now', async () => {
    await create({ ...lin, email: 'Lin@Example.org' });
    const found = async (search: string) =>
      (await app.ask(app.admin, USERS, { filter: { search } })).data.users.edges.map(
        ({ node }: { node: { username: string } }) => node.username,
      );
    expect([await found('lin@ex'), await found('LIN@EX')]).toEqual([['lin'], ['lin']]);
    await app.ask(await app.loggedIn('lin', PASSWORD), UPDATE_PROFILE, { input: { email: 'Marsh@Example.org' } });
    expect([await found('lin@'), await found('marsh@')]).toEqual([[], ['lin']]);
  });

  it('become administrators, and stop being so, at their next request', async () => {
    const userId = await createdLin();
    const browser = await app.loggedIn('lin', PASSWORD);
    const resets = () => app.ask(browser, RESET_PASSWORD, { input: { userId, newPassword: 'weak' } });
    expect((await resets()).code).toBe('FORBIDDEN');
    const { data } = await app.ask(app.admin, SET_ADMIN, { input: { userId, isAdmin: true } });
    expect(data.setUserAdmin.user).toMatchObject({ isAdmin: true, adminSources: ['GRANT'] });
    expect((await resets()).code).toBe('BAD_USER_INPUT');
    await app.ask(app.admin, SET_ADMIN, { input: { userId, isAdmin: false } });
    expect((await resets()).code).toBe('FORBIDDEN');
  });

  it('are barred at once, and let in again', async () => {
    const userId = await createdLin();
    const browser = await app.loggedIn('lin', PASSWORD);
    await app.ask(app.admin, SET_DISABLED, { input: { userId, isDisabled: true } });
    expect([await nameOf(browser), await login('lin', PASSWORD)]).toEqual([null, 'INVALID_CREDENTIALS']);
    await app.ask(app.admin, SET_DISABLED, { input: { userId, isDisabled: false } });
    expect([await nameOf(browser), await login('lin', PASSWORD)]).toEqual([null, 'logged in']);
  });

  it('leave the built-in administrator alone, who changes his own password only', async () => {
    const protectedFrom = async (query: string, more: object) =>
      (await app.ask(app.admin, query, { input: { userId: ADMIN_ID, ...more } })).code;
    expect([
      await protectedFrom(DELETE_USER, {}),
      await protectedFrom(RESET_PASSWORD, { newPassword: NEXT }),
      await protectedFrom(SET_ADMIN, { isAdmin: false }),
      await protectedFrom(SET_DISABLED, { isDisabled: true }),
    ]).toEqual(Array(4).fill('BUILT_IN_ADMIN_PROTECTED'));
    const input = { currentPassword: app.adminPassword, newPassword: NEXT };
    expect((await app.ask(app.admin, CHANGE_PASSWORD, { input })).code).toBeUndefined();
    expect(await login('admin', NEXT)).toBe('logged in');
  });

  it('lock the auth mode, in numbers, until the last of them is deleted', async () => {
    const oidc = { endpoint: 'https://id.example.org', clientId: 'mooring', clientSecret: 'provider-client-secret' };
    const userId = await createdLin();
    const refused = await app.configure({ authMode: 'OIDC', oidc });
    expect([refused.code, refused.errors[0]?.extensions.userCount]).toEqual(['AUTH_MODE_LOCKED', 1]);
    await app.ask(app.admin, DELETE_USER, { input: { userId } });
    expect((await app.configure({ authMode: 'OIDC', oidc })).code).toBeUndefined();
    const inOidcMode = async (query: string, input: object) => (await app.ask(app.admin, query, { input })).code;
    expect([
      await inOidcMode(CREATE_USER, lin),
      await inOidcMode(REGISTER, lin),
      await inOidcMode(DELETE_USER, { userId }),
      await inOidcMode(RESET_PASSWORD, { userId, newPassword: NEXT }),
    ]).toEqual(Array(4).fill('UNSUPPORTED_IN_AUTH_MODE'));
    const own = { currentPassword: app.adminPassword, newPassword: NEXT };
    expect(await inOidcMode(CHANGE_PASSWORD, own)).toBeUndefined();
    expect((await app.ask({ basic: Buffer.from(`admin:${NEXT}`).toString('base64') }, ME)).data.me.username).toBe(
      'admin',
    );
  });
});
