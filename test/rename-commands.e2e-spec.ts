import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { getRepositoryToken } from '@nestjs/typeorm';
import { BadUserInput } from '../src/common/errors/common.errors.js';
import { DomainError } from '../src/common/errors/domain-error.js';
import { User, UsersService } from '../src/users/index.js';
import { NameSuggestions } from '../src/users/names/index.js';
import { UserRenaming } from '../src/users/renaming/index.js';
import { Browser } from './support/browser.js';
import { AUDIT, CREATE_RULE, CREATE_USER, EXPLAIN, LOGIN, ME, ONBOARD, SET_ADMIN } from './support/documents.js';
import { databaseVariables } from './support/fresh-database.js';
import { mooring } from './support/mooring-command.js';
import { OidcScenario } from './support/oidc-scenario.js';
import { basic, getToken } from './support/registry-client.js';
import { TestApp } from './support/app.js';

const PASSWORD = 'First-password-1';

async function renameAt(app: TestApp, name: string, next: string) {
  const { dataDir } = app.environment;
  const variables = { DATA_DIR: dataDir, ...(await databaseVariables(dataDir)) };
  return mooring(['users', 'rename', name, next], { variables });
}

describe('mooring users rename, of people of a provider', () => {
  let scenario: OidcScenario;
  let app: TestApp;
  beforeEach(async () => {
    scenario = await OidcScenario.open();
    app = scenario.app;
  });
  afterEach(() => scenario.close());

  const rename = (name: string, next: string) => renameAt(app, name, next);
  const onboardAs = async (browser: Browser, username: string) =>
    (await app.ask(browser, ONBOARD, { input: { username } })).code;
  const nameOf = async (browser: Browser) => (await app.ask(browser, ME)).data.me?.username;
  const statusOf = async (username: string, secret: string) =>
    (await getToken(app.url, { service: 'registry' }, basic(username, secret))).status;

  it('keeps session, identity, secret and rights, and refuses the former name, beside a running server', async () => {
    const lin = await scenario.onboarded('lin');
    const secret = await scenario.secretOf(lin);
    const { id } = (await app.ask(lin, ME)).data.me;
    await app.ask(app.admin, SET_ADMIN, { input: { userId: id, isAdmin: true } });

    const { code, out, err } = await rename('LIN', 'Linda');
    expect({ code, out }).toEqual({
      code: 0,
      out: '"lin" is now "Linda". Registry clients have to log in with the new name; password and CLI secret stay.\n',
    });
    expect(err).toContain('Nobody gets access to repositories with "lin" in their name');
    expect((await app.ask(lin, ME)).data.me).toMatchObject({ id, username: 'Linda', isAdmin: true });
    expect(await scenario.secretOf(lin)).toBe(secret);
    const principal = { userId: id, username: 'Linda', isAdmin: true };
    expect(await scenario.verify('linda', secret)).toMatchObject({ status: 'VALID', principal });
    const [formerly, never] = [await scenario.verify('lin', secret), await scenario.verify('nobody', secret)];
    expect(formerly).toEqual(never);
    expect([await statusOf('linda', secret), await statusOf('lin', secret)]).toEqual([200, 401]);
    await scenario.login(new Browser(), 'lin');
    expect(await nameOf(lin)).toBe('Linda');
    const { edges } = (await app.ask(app.admin, AUDIT, { filter: { action: 'user.rename' } })).data.auditEvents;
    const event = { actor: { kind: 'SYSTEM' }, target: { type: 'user', id, label: 'Linda' }, outcome: 'SUCCEEDED' };
    expect(edges).toMatchObject([{ node: event }]);
  });

  it('lets nobody else have the former name, and the same person have it again', async () => {
    await scenario.onboarded('lin');
    expect((await rename('lin', 'linda')).code).toBe(0);
    const sam = new Browser();
    await scenario.firstLogin(sam, 'sam');
    expect(await onboardAs(sam, 'lin')).toBe('USERNAME_TAKEN');
    expect(await onboardAs(sam, 'sam')).toBeUndefined();
    expect(await rename('sam', 'LIN')).toMatchObject({
      code: 1,
      err: expect.stringContaining('This user name is taken.'),
    });
    for (const [from, to] of [
      ['linda', 'L.Marsh'],
      ['l.marsh', 'lin'],
      ['lin', 'linda'],
      ['linda', 'lin'],
    ] as const)
      expect({ from, to, code: (await rename(from, to)).code }).toEqual({ from, to, code: 0 });
    expect((await rename('sam', 'l.marsh')).code).toBe(1);
    expect(await rename('linda', 'x')).toMatchObject({ code: 1, err: expect.stringContaining('is now "lin"') });
  });

  it('removes nobody, and no former name, where a removal is asked for by a former name', async () => {
    const lin = await scenario.onboarded('lin');
    await rename('lin', 'linda');
    const { dataDir } = app.environment;
    const variables = { DATA_DIR: dataDir, ...(await databaseVariables(dataDir)) };
    const { code, out, err } = await mooring(['users', 'remove', 'LIN', '--yes'], { variables });
    expect({ code, out, err }).toEqual({
      code: 1,
      out: '',
      err: expect.stringContaining('is now "linda". Nothing was'),
    });
    expect(await nameOf(lin)).toBe('linda');
    expect((await rename('linda', 'lin')).code).toBe(0);
  });

  it('writes the same name in another way, without a former name', async () => {
    const lin = await scenario.onboarded('lin');
    const { code, err } = await rename('lin', 'Lin');
    expect([code, err]).toEqual([0, expect.not.stringContaining('repositories')]);
    expect(await nameOf(lin)).toBe('Lin');
    expect((await rename('lin', 'Lin')).code).toBe(0);
  });

  it('moves what ${username} in access rules stands for, and keeps rules that name the user', async () => {
    const { id: userId } = (await app.ask(await scenario.onboarded('lin'), ME)).data.me;
    const rule = { repositoryPattern: 'team/app', actions: ['PULL'], subjectKind: 'USER', userId };
    await app.ask(app.admin, CREATE_RULE, { input: { rule } });
    await rename('lin', 'linda');
    const mayPull = async (repository: string) => {
      const asked = { username: 'linda', repository, action: 'PULL' };
      return (await app.ask(app.admin, EXPLAIN, asked)).data.explainAccess.allowed;
    };
    const repositories = ['team/app', 'users/linda/app', 'users/lin/app'];
    expect(await Promise.all(repositories.map(mayPull))).toEqual([true, true, false]);
  });

  it('gives no name against the rules of an onboarding, and changes nothing', async () => {
    const lin = await scenario.onboarded('lin');
    await scenario.onboarded('sam');
    const rule = { repositoryPattern: 'library/**', actions: ['PULL'], subjectKind: 'ANYONE' };
    await app.ask(app.admin, CREATE_RULE, { input: { rule } });
    const user = await app.nest.get(UsersService).byName('lin');
    const [rows, users, names] = [getRepositoryToken(User), UsersService, NameSuggestions].map((it) =>
      app.nest.get(it),
    );
    const renaming = new UserRenaming(rows, users, names, app.clock);
    for (const [next, code] of [
      ['sam', 'USERNAME_TAKEN'],
      ['SAM', 'USERNAME_TAKEN'],
      ['admin', 'USERNAME_TAKEN'],
      ['anonymous', 'RESERVED'],
      ['library', 'RESERVED'],
      ['a/b', 'FORBIDDEN_CHARACTER'],
      ['', 'EMPTY'],
      ['x'.repeat(256), 'TOO_LONG'],
      ['adm\u0131n', 'LOOKALIKE'],
      ['s\u0251m', 'LOOKALIKE'],
    ] as const) {
      const error = await renaming.rename(user!, next).then(String, (refusal: DomainError) => refusal);
      const [field] = error instanceof BadUserInput ? error.extensions.fields : [];
      expect({ next, code: field?.code ?? (error as DomainError).code }).toEqual({ next, code });
    }
    for (const [name, next, problem] of [
      ['lin', 'a/b', 'username: A user name has 1 to 255 characters'],
      ['nobody', 'other', 'There is no user "nobody". To see all users, run: mooring users list'],
      ['admin', 'other', 'The built-in administrator cannot be renamed.'],
    ] as const) {
      expect(await rename(name, next)).toMatchObject({ code: 1, out: '', err: expect.stringContaining(problem) });
    }
    expect(await nameOf(lin)).toBe('lin');
  });

  it('gives one of two people who want the same name that name, and the other one nothing', async () => {
    const people = [await scenario.onboarded('lin'), await scenario.onboarded('sam')];
    const runs = await Promise.all(['lin', 'sam'].map((name) => rename(name, 'ada')));
    expect(runs.map(({ code }) => code).sort()).toEqual([0, 1]);
    const names = await Promise.all(people.map(nameOf));
    expect(names).toEqual(runs.map(({ code }, index) => (code === 0 ? 'ada' : ['lin', 'sam'][index])));
  });
});

describe('mooring users rename, of local accounts', () => {
  it('keeps the password under the new name', async () => {
    const app = await TestApp.start();
    try {
      const input = { username: 'lin', password: PASSWORD, email: 'lin@example.com' };
      await app.ask(app.admin, CREATE_USER, { input });
      expect((await renameAt(app, 'lin', 'linda')).code).toBe(0);
      const login = async (username: string) =>
        (await app.ask(new Browser(), LOGIN, { input: { username, password: PASSWORD } })).code;
      expect([await login('linda'), await login('lin')]).toEqual([undefined, 'INVALID_CREDENTIALS']);
      const again = { ...input, email: 'other@example.com' };
      expect((await app.ask(app.admin, CREATE_USER, { input: again })).code).toBe('USERNAME_TAKEN');
    } finally {
      await app.stop();
    }
  });
});
