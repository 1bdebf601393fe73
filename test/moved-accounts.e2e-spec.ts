import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { getRepositoryToken } from '@nestjs/typeorm';
import { readFileSync } from 'node:fs';
import { Repository } from 'typeorm';
import { CliSecretsService } from '../src/cli-secrets/cli-secrets.service.js';
import { FormerRights } from '../src/directory/index.js';
import { IdentityRequest } from '../src/users/identities/index.js';
import { User } from '../src/users/index.js';
import { Answer, TestApp } from './support/app.js';
import { Browser } from './support/browser.js';
import { DELETE_USER, ME, ONBOARD, SET_ADMIN, USERS } from './support/documents.js';
import { OidcScenario } from './support/oidc-scenario.js';

const REQUEST = `mutation Request($input: RequestAccountInput!) {
  requestAccount(input: $input) { pendingOnboarding { hasAccount accountRequest { username } } }
}`;
const PENDING = `query Pending { pendingOnboarding { suggestedUsername hasAccount accountRequest { username createdAt expiresAt } } }`;
const WAITING = `query Waiting {
  waitingIdentities {
    id issuer subject email realName claimedUsername requestedUsername warnings since expiresAt
    account { id username email lastLoginAt oidcIdentity { issuer subject } }
  }
}`;
const MOVE = `mutation Move($input: MoveAccountInput!) { moveAccount(input: $input) { user { id username oidcIdentity { subject } } } }`;
const DECLINE = `mutation Decline($input: DeclineAccountRequestInput!) { declineAccountRequest(input: $input) { requestId } }`;
const EVENTS = `query Events($action: String!) {
  auditEvents(filter: { action: $action }, first: 20) { edges { node { outcome detail count actor { label } target { type label } } } }
}`;

interface Waiting {
  readonly id: string;
  readonly issuer: string;
  readonly subject: string;
  readonly requestedUsername: string;
  readonly warnings: readonly string[];
  readonly since: string;
  readonly account: { readonly id: string; readonly oidcIdentity: { issuer: string; subject: string } } | null;
}

const person = (subject: string, username: string, more: object = {}) => ({
  ...{ subject, username, name: username, email: `${username}@example.com`, groups: [] },
  ...more,
});
const PEOPLE = [
  person('sub-lin', 'lin'),
  person('sub-lin-2', 'lin-again', { email: 'lin@example.com', name: 'Lin Chen' }),
  person('sub-eve', 'eve', { email: 'lin@example.com', name: 'L\u0456n Chen' }),
  person('sub-sam', 'sam'),
];
const CASES = (JSON.parse(readFileSync('test/cases/accounts.json', 'utf8')) as { cases: { id: string }[] }).cases;
const idOf = (part: string) => CASES.find(({ id }) => id.includes(part))!.id;

describe('The same person under a new subject', () => {
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
  const waitingFor = async (login: string, username = 'lin') => {
    const browser = new Browser();
    await scenario.firstLogin(browser, login);
    const answer = await app.ask(browser, REQUEST, { input: { username } });
    expect(answer.data.requestAccount.pendingOnboarding).toEqual({ hasAccount: false, accountRequest: { username } });
    return browser;
  };
  const waiting = async () => (await app.ask(app.admin, WAITING)).data.waitingIdentities as Waiting[];
  const firstWaiting = async () => (await waiting())[0]!;
  const moveOf = ({ id: requestId, issuer, subject, account }: Waiting) => ({
    ...{ requestId, accountId: account!.id, to: { issuer, subject } },
    from: account!.oidcIdentity,
  });
  const move = (input: object, at = app): Promise<Answer> => at.ask(app.admin, MOVE, { input });
  const me = async (browser: Browser) => (await app.ask(browser, ME)).data.me;
  const pending = async (browser: Browser) => (await app.ask(browser, PENDING)).data.pendingOnboarding;
  const events = async (action: string) =>
    (await app.ask(app.admin, EVENTS, { action })).data.auditEvents.edges.map(({ node }: { node: object }) => node);
  const subjectOf = async (username: string) => {
    const rows = app.nest.get<Repository<User>>(getRepositoryToken(User));
    return (await rows.findOneByOrFail({ username })).subject;
  };

  it(`of ${idOf('miniflux')}: asks, is given the account, and finds name and rules; what the former identity had has ended`, async () => {
    const old = await scenario.onboarded('lin');
    const secret = await scenario.secretOf(old);
    const { id: userId } = await me(old);
    await app.ask(app.admin, SET_ADMIN, { input: { userId, isAdmin: true } });
    const browser = await waitingFor('lin-again');
    expect((await pending(browser)).suggestedUsername).toBe('lin-again');
    expect((await app.ask(app.admin, DELETE_USER, { input: { userId } })).code).toBe('UNSUPPORTED_IN_AUTH_MODE');
    const request = await firstWaiting();
    expect(request).toMatchObject({
      ...{ subject: 'sub-lin-2', email: 'lin@example.com', realName: 'Lin Chen', requestedUsername: 'lin' },
      ...{ warnings: [], account: { username: 'lin', oidcIdentity: { subject: 'sub-lin' } } },
    });
    const { data } = await move(moveOf(request));
    expect(data.moveAccount.user).toMatchObject({
      id: userId,
      username: 'lin',
      oidcIdentity: { subject: 'sub-lin-2' },
    });
    expect([await waiting(), (await pending(browser)).hasAccount]).toEqual([[], true]);
    expect([await me(old), (await scenario.verify('lin', secret)).valid]).toEqual([null, false]);
    await scenario.login(browser, 'lin-again');
    expect(await me(browser)).toMatchObject({ id: userId, username: 'lin', isAdmin: false });
    const next = await scenario.secretOf(browser);
    expect(next).not.toBe(secret);
    expect([(await scenario.verify('lin', next)).valid, (await scenario.verify('lin', secret)).valid]).toEqual([
      true,
      false,
    ]);
    const { issuer } = scenario.provider;
    expect(await events('user.rebind')).toEqual([
      expect.objectContaining({
        ...{ outcome: 'SUCCEEDED', target: { type: 'user', label: 'lin' } },
        detail: `from "sub-lin" at "${issuer}" to "sub-lin-2" at "${issuer}"`,
      }),
    ]);
    const former = new Browser();
    await scenario.firstLogin(former, 'lin');
    expect(await me(former)).toBeNull();
  });

  it('goes on from the page of the user name, too, into the account that was moved meanwhile', async () => {
    await scenario.onboarded('lin');
    const browser = await waitingFor('lin-again');
    await move(moveOf(await firstWaiting()));
    const { data } = await app.ask(browser, ONBOARD, { input: { username: 'lin-again' } });
    expect(data.onboard.user.username).toBe('lin');
    expect((await scenario.verify('lin', await scenario.secretOf(browser))).valid).toBe(true);
    expect((await app.ask(app.admin, USERS)).data.users.totalCount).toBe(2);
  });

  it(`of ${idOf('dataverse')}: a returning person has the name and the address that the provider sends now`, async () => {
    const browser = await scenario.onboarded('lin');
    const { people } = scenario.provider;
    Object.assign(
      people.find(({ username }) => username === 'lin')!,
      { name: 'New Name', email: 'new@example.com' },
    );
    await scenario.login(browser, 'lin');
    expect(await me(browser)).toMatchObject({ username: 'lin', realName: 'New Name', email: 'new@example.com' });
  });

  it('tells the person nothing of the account: the same answer for one that nobody has', async () => {
    await scenario.onboarded('lin');
    const browser = new Browser();
    await scenario.firstLogin(browser, 'eve');
    const answers = [];
    for (const username of ['lin', 'nobody', 'lin']) {
      const { data } = await app.ask(browser, REQUEST, { input: { username } });
      answers.push(JSON.stringify(data).replaceAll(username, '*'));
    }
    expect(new Set(answers).size).toBe(1);
    const bad = await app.ask(browser, REQUEST, { input: { username: 'a b' } });
    expect(bad.code).toBe('BAD_USER_INPUT');
    expect((await app.ask(new Browser(), REQUEST, { input: { username: 'lin' } })).code).toBe('ONBOARDING_EXPIRED');
  });

  it('shows an administrator a stranger as one: both identities, and letters that look like others', async () => {
    await scenario.onboarded('lin');
    await waitingFor('eve');
    const request = await firstWaiting();
    expect(request).toMatchObject({ subject: 'sub-eve', email: 'lin@example.com', account: { username: 'lin' } });
    expect(request.warnings).toEqual([expect.stringContaining('U+0456')]);
    expect((await app.ask(app.admin, DECLINE, { input: { requestId: request.id } })).code).toBeUndefined();
    expect((await move(moveOf(request))).code).toBe('IDENTITY_CHANGED');
    expect([await waiting(), await subjectOf('lin')]).toEqual([[], 'sub-lin']);
    for (const action of ['account_request.create', 'account_request.decline']) {
      const [event, ...others] = await events(action);
      expect([others, event?.detail]).toEqual([[], expect.stringMatching(/^"sub-eve" at "http/)]);
    }
  });

  it('is given the account without asking, while they wait for a user name', async () => {
    const { id: userId } = await me(await scenario.onboarded('lin'));
    const browser = new Browser();
    await scenario.firstLogin(browser, 'lin-again');
    const person = await firstWaiting();
    expect(person).toMatchObject({ subject: 'sub-lin-2', requestedUsername: '', account: null });
    expect((await pending(browser)).accountRequest).toBeNull();
    const { id: requestId, issuer, subject } = person;
    const from = { issuer, subject: 'sub-lin' };
    expect((await move({ requestId, accountId: userId, from, to: { issuer, subject } })).code).toBeUndefined();
    await scenario.login(browser, 'lin-again');
    expect(await me(browser)).toMatchObject({ id: userId, username: 'lin' });
    await scenario.onboarded('sam');
    expect(await waiting()).toEqual([]);
  });

  it('asks twice: one request, and a decision on the first one does not count', async () => {
    await Promise.all([scenario.onboarded('lin'), scenario.onboarded('sam')]);
    const browser = await waitingFor('lin-again', 'sam');
    const first = await firstWaiting();
    await app.ask(browser, REQUEST, { input: { username: 'lin' } });
    const requests = await waiting();
    expect(requests.map(({ requestedUsername }) => requestedUsername)).toEqual(['lin']);
    expect((await move(moveOf(first))).code).toBe('IDENTITY_CHANGED');
    expect([await subjectOf('sam'), requests[0]?.since]).toEqual(['sub-sam', first.since]);
  });

  it('is given the account once, whatever replicas decide at the same time', async () => {
    await startReplicas();
    await scenario.onboarded('lin');
    await waitingFor('lin-again');
    const input = moveOf(await firstWaiting());
    const codes = (await Promise.all([...replicas, ...replicas].map((at) => move(input, at)))).map(({ code }) => code);
    expect(codes.filter((code) => code === undefined)).toHaveLength(1);
    expect(codes.filter((code) => code === 'IDENTITY_CHANGED')).toHaveLength(codes.length - 1);
    expect(await subjectOf('lin')).toBe('sub-lin-2');
    for (const replica of replicas) expect((await replica.ask(app.admin, WAITING)).data.waitingIdentities).toEqual([]);
  });

  it('is not given an account that changes at the last moment, and the administrator is told what has ended', async () => {
    await scenario.onboarded('lin');
    await waitingFor('lin-again');
    const request = await firstWaiting();
    const rights = app.nest.get(FormerRights, { strict: false });
    const endNow = rights.endNow.bind(rights);
    jest.spyOn(rights, 'endNow').mockImplementationOnce(async (userIds) => {
      await endNow(userIds);
      await app.nest
        .get<Repository<User>>(getRepositoryToken(User))
        .update({ username: 'lin' }, { subject: 'sub-lin-3' });
    });
    const { code, text } = await move(moveOf(request));
    expect([code, await subjectOf('lin')]).toEqual(['IDENTITY_CHANGED', 'sub-lin-3']);
    expect(text).toContain('It was not moved, but its sessions, CLI secret and direct administrator role have ended.');
    expect(text).not.toContain('Nothing was changed');
  });

  it('has one account in the end, where they choose another name while an administrator decides', async () => {
    await startReplicas();
    await scenario.onboarded('lin');
    const browser = await waitingFor('lin-again');
    const input = moveOf(await firstWaiting());
    const choose = () => app.ask(browser, ONBOARD, { input: { username: 'lin-again' } });
    const [moved, chosen] = await Promise.all([move(input, replicas[1]), choose()]);
    const name = chosen.data?.onboard?.user.username ?? 'lin';
    const isMoved = moved.code === undefined;
    expect([isMoved, await subjectOf('lin')]).toEqual(isMoved ? [true, 'sub-lin-2'] : [false, 'sub-lin']);
    expect(name).toBe(isMoved ? 'lin' : 'lin-again');
    await scenario.login(browser, 'lin-again');
    expect((await me(browser)).username).toBe(name);
    expect(await waiting()).toEqual([]);
  });

  it('never moves the built-in administrator, and nothing that is not as it was shown', async () => {
    const old = await scenario.onboarded('lin');
    await waitingFor('lin-again');
    const input = moveOf(await firstWaiting());
    const { id: adminId } = (await app.ask(app.admin, ME)).data.me;
    const codes = [];
    for (const change of [
      { accountId: adminId },
      { accountId: '0' },
      { from: { ...input.from, subject: 'sub-sam' } },
      { to: { ...input.to, subject: 'sub-eve' } },
      { to: { ...input.to, issuer: 'https://other.example.com' } },
      { from: input.to, to: input.to },
      { requestId: '0' },
    ]) {
      codes.push((await move({ ...input, ...change })).code);
    }
    expect(codes).toEqual(['BUILT_IN_ADMIN_PROTECTED', ...Array<string>(6).fill('IDENTITY_CHANGED')]);
    expect((await app.ask(old, MOVE, { input })).code).toBe('FORBIDDEN');
    expect((await app.ask(old, WAITING)).code).toBe('FORBIDDEN');
    expect([(await me(old)).username, await subjectOf('lin')]).toEqual(['lin', 'sub-lin']);
  });

  it('asks no more than five times in an hour, for a week', async () => {
    const browser = await waitingFor('lin-again');
    const again = async () => (await app.ask(browser, REQUEST, { input: { username: 'lin' } })).code;
    const codes = [];
    for (let time = 0; time < 5; time += 1) codes.push(await again());
    expect(codes).toEqual([undefined, undefined, undefined, undefined, 'RATE_LIMITED']);
    expect(await waiting()).toHaveLength(1);
    const rows = app.nest.get<Repository<IdentityRequest>>(getRepositoryToken(IdentityRequest));
    await rows.update({ wantedName: 'lin' }, { expiresAt: new Date(Date.now() - 1000) });
    expect([await waiting(), (await pending(browser)).accountRequest]).toEqual([[], null]);
  });

  it('leaves a late request of the former identity no secret, in whatever moment it arrives', async () => {
    const old = await scenario.onboarded('lin');
    const { id: userId } = await me(old);
    const rows = app.nest.get<Repository<User>>(getRepositoryToken(User));
    const { securityStamp } = await rows.findOneByOrFail({ id: userId });
    const late = { kind: 'user', userId, isAdmin: false, securityStamp } as const;
    await waitingFor('lin-again');
    await move(moveOf(await firstWaiting()));
    const secrets = app.nest.get(CliSecretsService, { strict: false });
    expect(await secrets.readOrGenerate(late)).toBeNull();
    expect(await secrets.of(userId)).toBeNull();
    await expect(secrets.generate(late)).rejects.toThrow();
    const browser = new Browser();
    await scenario.login(browser, 'lin-again');
    const secret = await scenario.secretOf(browser);
    await secrets.revoke(late);
    await expect(secrets.generate(late)).rejects.toThrow();
    expect(await secrets.ofCaller(late)).toBeNull();
    expect((await scenario.verify('lin', secret)).valid).toBe(true);
  });
});
