import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Browser } from './support/browser.js';
import {
  CHANGE_PASSWORD,
  GROUP,
  GROUPS,
  LOGIN,
  ME,
  RESET_PASSWORD,
  REVOKE_FOR,
  SET_ADMIN,
  SET_DISABLED,
  UPDATE_PROFILE,
  USER,
  USERS,
} from './support/documents.js';
import { OidcScenario } from './support/oidc-scenario.js';

interface Listed {
  readonly node: { readonly id: string; readonly username: string; readonly name: string };
}

describe('Users and groups', () => {
  let scenario: OidcScenario;
  let lin: Browser;
  beforeAll(async () => {
    scenario = await OidcScenario.open();
    lin = await scenario.onboarded('lin');
    await scenario.onboarded('sam');
    await scenario.onboarded('ada', 'Ada_100%'.replace('%', ''));
  });
  afterAll(() => scenario.close());

  const ask = (query: string, variables: object = {}) => scenario.app.ask(scenario.app.admin, query, variables);
  const names = async (filter: object) => {
    const { data } = await ask(USERS, { filter });
    expect(data.users.totalCount).toBe(data.users.edges.length);
    return data.users.edges.map(({ node }: Listed) => node.username);
  };
  const idOf = async (search: string) => (await ask(USERS, { filter: { search } })).data.users.edges[0].node.id;
  const groupId = async (search: string) => (await ask(GROUPS, { search })).data.groups.edges[0].node.id;

  it('are listed by name, page by page', async () => {
    const first = (await ask(USERS, { first: 3 })).data.users;
    expect(first.edges.map(({ node }: Listed) => node.username)).toEqual(['Ada_100', 'admin', 'lin']);
    expect([first.pageInfo.hasNextPage, first.totalCount]).toEqual([true, 4]);
    const second = (await ask(USERS, { first: 3, after: first.pageInfo.endCursor })).data.users;
    expect(second.edges.map(({ node }: Listed) => node.username)).toEqual(['sam']);
    expect(second.pageInfo.hasNextPage).toBe(false);
  });

  it('are found by the beginning of the name or the address, which is no pattern', async () => {
    expect(await names({ search: 'ADA' })).toEqual(['Ada_100']);
    expect(await names({ search: 'sAm@ex' })).toEqual(['sam']);
    expect(await names({ search: 's' })).toEqual(['sam']);
    expect(await names({ search: 'a' })).toEqual(['Ada_100', 'admin']);
    expect(await names({ search: '@' })).toEqual([]);
    expect(await names({ search: 'ada_' })).toEqual(['Ada_100']);
    expect(await names({ search: '%' })).toEqual([]);
    expect(await names({ search: 'l_n' })).toEqual([]);
  });

  it('are found by the whole name, however it is written', async () => {
    expect(await names({ username: 'ADA_100' })).toEqual(['Ada_100']);
    expect(await names({ username: 'Sam' })).toEqual(['sam']);
    expect(await names({ username: 'sa' })).toEqual([]);
    expect(await names({ username: '' })).toEqual([]);
    expect(await names({ username: 'sam', search: 'ada' })).toEqual([]);
  });

  it('are filtered by everything that is known of them', async () => {
    expect(await names({ kind: 'LOCAL' })).toEqual(['admin']);
    expect(await names({ kind: 'OIDC', isAdmin: false })).toEqual(['Ada_100', 'lin', 'sam']);
    expect(await names({ tokenState: 'FRESH' })).toEqual(['Ada_100', 'lin', 'sam']);
    expect(await names({ tokenState: 'REAUTHENTICATION_REQUIRED' })).toEqual([]);
    expect(await names({ groupId: await groupId('crew') })).toEqual(['lin', 'sam']);
    expect(await names({ groupId: 'no id of a group' })).toEqual([]);
    await scenario.configure({ oidc: { adminGroup: 'mooring-admins' } });
    expect(await names({ isAdmin: true })).toEqual(['admin', 'lin']);
    await scenario.configure({ oidc: { adminGroup: null } });
    expect(await names({ isAdmin: true })).toEqual(['admin']);
  });

  it('are shown one by one, without their secrets', async () => {
    await scenario.secretOf(lin);
    const { data } = await ask(USER, { id: await idOf('lin') });
    expect(data.user).toEqual({
      id: expect.any(String),
      username: 'lin',
      groups: [{ name: 'crew' }, { name: 'mooring-admins' }],
      oidcIdentity: { subject: 'sub-lin', tokenState: 'FRESH' },
      cliSecret: { secret: null, status: 'VALID' },
    });
    expect((await ask(USER, { id: 'nobody' })).data).toEqual({ user: null });
  });

  it('form groups with their members', async () => {
    const { data } = await ask(GROUPS);
    expect(data.groups.edges.map(({ node }: Listed) => node)).toMatchObject([
      { name: 'crew', memberCount: 2 },
      { name: 'mooring-admins', memberCount: 1 },
    ]);
    const crew = (await ask(GROUP, { id: await groupId('crew') })).data.group;
    expect(crew.members.edges.map(({ node }: Listed) => node.username)).toEqual(['lin', 'sam']);
    expect((await ask(GROUPS, { search: 'c%' })).data.groups.edges).toEqual([]);
  });

  it('are for administrators: a member sees the names of groups and nobody in them', async () => {
    const peeking = 'query Peek { me { groups { name members { edges { node { username email } } } } } }';
    const asked = [USERS, GROUPS, peeking].map((query) => scenario.app.ask(lin, query));
    expect((await Promise.all(asked)).map(({ code }) => code)).toEqual(['FORBIDDEN', 'FORBIDDEN', 'FORBIDDEN']);
    expect((await scenario.app.ask(lin, USER, { id: await idOf('sam') })).code).toBe('FORBIDDEN');
  });

  it.each([{ first: 0 }, { first: 101 }, { after: 'no cursor' }, { after: '' + 'A'.repeat(3000) }])(
    'refuse the page %j',
    async (page) => {
      expect((await ask(USERS, page)).code).toBe('BAD_USER_INPUT');
      expect((await ask(GROUPS, page)).code).toBe('BAD_USER_INPUT');
    },
  );

  it('lose their CLI secret to an administrator, and get none back by asking', async () => {
    const sam = new Browser();
    await scenario.login(sam, 'sam');
    const secret = await scenario.secretOf(sam);
    const { data } = await ask(REVOKE_FOR, { input: { userId: await idOf('sam') } });
    expect(data.revokeUserCliSecret.user).toEqual({ username: 'sam', cliSecret: null });
    expect((await scenario.verify('sam', secret)).status).toBe('MISMATCH');
    expect((await ask(REVOKE_FOR, { input: { userId: 'nobody' } })).code).toBe('NOT_FOUND');
    expect((await scenario.app.ask(lin, REVOKE_FOR, { input: { userId: await idOf('sam') } })).code).toBe('FORBIDDEN');
  });

  it('can be disabled in OIDC mode as well: no session, no secret, no login at the provider', async () => {
    const ada = new Browser();
    await scenario.login(ada, 'ada');
    const secret = await scenario.secretOf(ada);
    const userId = await idOf('ada');
    await ask(SET_DISABLED, { input: { userId, isDisabled: true } });
    expect((await scenario.app.ask(ada, ME)).data.me).toBeNull();
    expect((await scenario.verify('Ada_100', secret)).status).toBe('USER_DISABLED');
    expect((await scenario.login(new Browser(), 'ada')).status).toBe(403);
    await ask(SET_DISABLED, { input: { userId, isDisabled: false } });
    expect((await scenario.verify('Ada_100', secret)).status).toBe('VALID');
  });

  it('have no password in OIDC mode, not even as administrators: only the built-in one may use his', async () => {
    const input = { currentPassword: 'First-password-1', newPassword: 'Second-password-2' };
    const userId = await idOf('lin');
    await ask(SET_ADMIN, { input: { userId, isAdmin: true } });
    const refused = await scenario.app.ask(lin, CHANGE_PASSWORD, { input });
    expect(refused.errors[0]?.extensions).toEqual({ code: 'UNSUPPORTED_IN_AUTH_MODE', authMode: 'OIDC' });
    const reset = await scenario.app.ask(lin, RESET_PASSWORD, { input: { userId, newPassword: 'Second-password-2' } });
    expect(reset.code).toBe('UNSUPPORTED_IN_AUTH_MODE');
    const login = { input: { username: 'lin', password: 'Second-password-2' } };
    expect((await scenario.app.ask(new Browser(), LOGIN, login)).code).toBe('USE_OIDC_LOGIN');
    await ask(SET_ADMIN, { input: { userId, isAdmin: false } });
  });

  it('are given their own names and comments in OIDC mode, but no address: that is the provider’s', async () => {
    const change = (input: object) => scenario.app.ask(lin, UPDATE_PROFILE, { input });
    expect((await change({ realName: 'Lin Marsh', comment: 'quay 4' })).data.updateProfile.user).toMatchObject({
      ...{ realName: 'Lin Marsh', comment: 'quay 4' },
    });
    expect((await change({ email: 'other@example.org' })).errors[0]?.extensions.fields[0].path).toEqual([
      'input',
      'email',
    ]);
  });

  it('are made administrators in OIDC mode as well', async () => {
    const userId = await idOf('lin');
    const { data } = await ask(SET_ADMIN, { input: { userId, isAdmin: true } });
    expect(data.setUserAdmin.user.adminSources).toEqual(['GRANT']);
    expect((await scenario.app.ask(lin, USERS)).code).toBeUndefined();
    await ask(SET_ADMIN, { input: { userId, isAdmin: false } });
  });
});
