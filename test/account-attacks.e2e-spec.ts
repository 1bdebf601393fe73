import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { getRepositoryToken } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { User } from '../src/users/index.js';
import { Answer, TestApp } from './support/app.js';
import { Browser } from './support/browser.js';
import { CREATE_TOKEN, ME, SET_ADMIN, SET_DISABLED, USERS, VERIFY } from './support/documents.js';
import { databaseVariables } from './support/fresh-database.js';
import { mooring } from './support/mooring-command.js';
import { OidcScenario } from './support/oidc-scenario.js';

const REQUEST = `mutation Request($input: RequestAccountInput!) {
  requestAccount(input: $input) { pendingOnboarding { hasAccount accountRequest { username } } }
}`;
const WAITING = `query Waiting {
  waitingIdentities {
    id issuer subject email realName claimedUsername requestedUsername warnings
    account { id username oidcIdentity { issuer subject } }
  }
}`;
const MOVE = `mutation Move($input: MoveAccountInput!) { moveAccount(input: $input) { user { id username } } }`;
const DECLINE = `mutation Decline($input: DeclineAccountRequestInput!) { declineAccountRequest(input: $input) { requestId } }`;

interface Waiting {
  readonly id: string;
  readonly issuer: string;
  readonly subject: string;
  readonly email: string;
  readonly realName: string;
  readonly requestedUsername: string;
  readonly warnings: readonly string[];
  readonly account: {
    readonly id: string;
    readonly username: string;
    readonly oidcIdentity: { issuer: string; subject: string };
  } | null;
}

const person = (subject: string, username: string, more: object = {}) => ({
  ...{ subject, username, name: username, email: `${username}@example.com`, groups: [] },
  ...more,
});
const PEOPLE = [
  person('sub-lin', 'lin'),
  person('sub-lin-2', 'lin-again', { email: 'lin@example.com', name: 'Lin Chen' }),
  person('sub-eve', 'eve', {
    email: '\u{1D5C5}\u{1D5C2}\u{1D5C7}@example.com',
    name: '<img src=x onerror=alert(1)>\u202Enil',
  }),
  person('SUB-LIN', 'shout'),
];

describe('Requests of strangers for an account', () => {
  let scenario: OidcScenario;
  let app: TestApp;
  let replicas: TestApp[];
  beforeEach(async () => {
    scenario = await OidcScenario.open({ people: PEOPLE });
    app = scenario.app;
    replicas = [app];
  });
  afterEach(async () => {
    for (const replica of replicas.slice(1)) await replica.stop({ keepData: true });
    await scenario.close();
  });
  const startReplicas = async () => {
    replicas.push(await app.replica(), await app.replica());
  };
  const ask = async (browser: Browser, username: string) =>
    (await app.ask(browser, REQUEST, { input: { username } })).code;
  const asking = async (login: string, username: string) => {
    const browser = new Browser();
    await scenario.firstLogin(browser, login);
    expect(await ask(browser, username)).toBeUndefined();
    return browser;
  };
  const waiting = async () => (await app.ask(app.admin, WAITING)).data.waitingIdentities as Waiting[];
  const one = async () => (await waiting())[0]!;
  const moveOf = ({ id: requestId, issuer, subject, account }: Waiting) => ({
    ...{ requestId, accountId: account!.id, to: { issuer, subject } },
    from: account!.oidcIdentity,
  });
  const move = (input: object, at = app): Promise<Answer> => at.ask(app.admin, MOVE, { input });
  const me = async (browser: Browser) => (await app.ask(browser, ME)).data.me;
  const subjectOf = async (username: string) =>
    (await app.nest.get<Repository<User>>(getRepositoryToken(User)).findOneByOrFail({ username })).subject;
  const verify = async (at: TestApp, secret: string) =>
    (await at.ask({ bearer: scenario.verifierToken }, VERIFY, { username: 'lin', secret })).data.verifyCliSecret;

  it.each([
    ['the name in letters of another width', '\uFF4C\uFF49\uFF4E', 'lin', ['U+FF4C, U+FF49, U+FF4E']],
    ['the name of the built-in administrator', 'admin', null, []],
    ['a name that nobody has', 'linn', null, []],
  ])('are shown as what they are: %s', async (_what, wanted, account, named) => {
    await scenario.onboarded('lin');
    await asking('eve', wanted);
    const request = await one();
    expect([request.requestedUsername, request.account?.username ?? null]).toEqual([wanted, account]);
    const ofClaims = ['U+1D5C5, U+1D5C2, U+1D5C7', 'U+202E'];
    expect(request.warnings.map((text) => /U\+.*(?=\.)/.exec(text)?.[0]).sort()).toEqual(
      [...ofClaims, ...named].sort(),
    );
  });

  it.each(['l\u0456n', '\u{1D5C5}\u{1D5C2}\u{1D5C7}', '<b>lin</b>/', 'lin\u202E', ' lin', ''])(
    'are no requests, and count as none, for a name that nobody can have: %j',
    async (wanted) => {
      const browser = new Browser();
      await scenario.firstLogin(browser, 'eve');
      for (let time = 0; time < 7; time++) expect(await ask(browser, wanted)).toBe('BAD_USER_INPUT');
      expect(await ask(browser, 'lin')).toBeUndefined();
    },
  );

  it('in one request count as many, and after a refusal as before it', async () => {
    const browser = await asking('eve', 'lin');
    await app.ask(app.admin, DECLINE, { input: { requestId: (await one()).id } });
    const aliases = Array.from(
      { length: 20 },
      (_, index) => `a${index}: requestAccount(input: { username: "lin" }) { __typename }`,
    );
    expect((await app.ask(browser, `mutation { ${aliases.join(' ')} }`)).code).toBe('RATE_LIMITED');
    expect(await ask(browser, 'lin')).toBe('RATE_LIMITED');
    expect(await waiting()).toHaveLength(1);
  });

  it('give the account to one of two who ask, whatever two replicas decide at the same time; nothing of before is left at any', async () => {
    await startReplicas();
    const old = await scenario.onboarded('lin');
    const secret = await scenario.secretOf(old);
    for (const replica of replicas) expect((await verify(replica, secret)).valid).toBe(true);
    await asking('lin-again', 'lin');
    await asking('eve', 'lin');
    const [first, second] = await waiting();
    const decided = [move(moveOf(first!), replicas[1]), move(moveOf(second!), replicas[2])];
    const codes = (await Promise.all(decided)).map(({ code }) => code);
    expect([...codes].sort()).toEqual(['IDENTITY_CHANGED', undefined]);
    expect(await subjectOf('lin')).toBe((codes[0] === undefined ? first! : second!).subject);
    for (const replica of replicas) {
      expect((await verify(replica, secret)).valid).toBe(false);
      expect((await replica.ask(old, ME)).data.me).toBeNull();
    }
  });

  it('are compared letter by letter: a subject in capitals is another one', async () => {
    await scenario.onboarded('lin');
    await asking('shout', 'lin');
    const request = await one();
    const [shout, lin] = [{ issuer: request.issuer, subject: 'SUB-LIN' }, request.account!.oidcIdentity];
    expect((await move({ ...moveOf(request), from: shout, to: lin })).code).toBe('IDENTITY_CHANGED');
    expect((await move(moveOf(request))).code).toBeUndefined();
    expect(await subjectOf('lin')).toBe('SUB-LIN');
  });

  it('give a disabled account that stays disabled, and none that was removed since', async () => {
    const { id: userId } = await me(await scenario.onboarded('lin'));
    await asking('lin-again', 'lin');
    const request = await one();
    await app.ask(app.admin, SET_DISABLED, { input: { userId, isDisabled: true } });
    expect((await move(moveOf(request))).code).toBeUndefined();
    const browser = new Browser();
    const page = await browser.fetch(await scenario.submitAndStopBeforeCallback(browser, 'lin-again'));
    expect([page.status, page.text]).toEqual([403, expect.stringContaining('disabled your account')]);
    await asking('eve', 'lin');
    const late = await one();
    const { dataDir } = app.environment;
    const variables = { DATA_DIR: dataDir, ...(await databaseVariables(dataDir)) };
    expect((await mooring(['users', 'remove', 'lin', '--yes'], { variables })).code).toBe(0);
    expect((await move(moveOf(late))).code).toBe('IDENTITY_CHANGED');
    expect(await waiting()).toEqual([expect.objectContaining({ subject: 'sub-eve', account: null })]);
  });

  it('for the account of an administrator bring no administration, and end that of the tokens', async () => {
    const old = await scenario.onboarded('lin');
    const { id: userId } = await me(old);
    await app.ask(app.admin, SET_ADMIN, { input: { userId, isAdmin: true } });
    const { data } = await app.ask(old, CREATE_TOKEN, { input: { name: 'of lin', role: 'ADMIN' } });
    const { token: bearer } = data.createServiceToken;
    await asking('lin-again', 'lin');
    const input = moveOf(await one());
    expect((await app.ask({ bearer }, MOVE, { input })).code).toBeUndefined();
    expect((await app.ask({ bearer }, USERS)).code).toBe('INVALID_CREDENTIALS');
    const browser = new Browser();
    await scenario.login(browser, 'lin-again');
    expect(await me(browser)).toMatchObject({ id: userId, isAdmin: false });
  });

  it('are decided for the provider in force only', async () => {
    await scenario.onboarded('lin');
    const browser = await asking('eve', 'lin');
    const input = moveOf(await one());
    await app.configure({ oidc: { endpoint: 'https://other.example.com', clientSecret: 'another' } });
    expect([await waiting(), (await move(input)).code]).toEqual([[], 'IDENTITY_CHANGED']);
    expect(await ask(browser, 'lin')).toBe('ONBOARDING_EXPIRED');
    expect(await subjectOf('lin')).toBe('sub-lin');
  });
});
