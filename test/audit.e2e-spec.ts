import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { TestApp } from './support/app.js';
import { Browser } from './support/browser.js';
import {
  AUDIT,
  AUDIT_HOURS,
  CREATE_RULE,
  CREATE_TOKEN,
  CREATE_USER,
  DELETE_TOKEN,
  DELETE_USER,
  END_SESSION,
  GENERATE,
  LOGIN,
  LOGOUT,
  ONBOARD,
  SESSIONS,
  SET_ADMIN,
  UPDATE_RULE,
} from './support/documents.js';
import { OidcScenario } from './support/oidc-scenario.js';

const PASSWORD = 'First-password-1';
const ADMIN = { kind: 'USER', id: '00000000-0000-7000-8000-000000000001', label: 'admin' };

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a story reads whatever it asked for
const eventsOf = async (app: TestApp, filter: object = {}): Promise<any[]> =>
  (await app.ask(app.admin, AUDIT, { filter, first: 100 })).data.auditEvents.edges.map(
    ({ node }: { node: object }) => node,
  );

describe('The audit log', () => {
  let app: TestApp;
  beforeEach(async () => (app = await TestApp.start()));
  afterEach(() => app.stop());

  const createLin = async () => {
    const input = { username: 'lin', password: PASSWORD, email: 'lin@example.org' };
    return (await app.ask(app.admin, CREATE_USER, { input })).data.createUser.user.id as string;
  };
  const login = (username: string, password: string) =>
    app.ask(new Browser(), LOGIN, { input: { username, password } });

  it('tells who did what to whom, from where, newest first', async () => {
    const id = await createLin();
    await app.ask(app.admin, SET_ADMIN, { input: { userId: id, isAdmin: true } });
    await app.ask(app.admin, DELETE_USER, { input: { userId: id } });
    const events = await eventsOf(app);
    expect(events.map(({ action }) => action)).toEqual(['user.delete', 'user.set_admin', 'user.create']);
    expect(events[2]).toMatchObject({
      actor: ADMIN,
      target: { type: 'user', id, label: 'lin' },
      ...{ outcome: 'SUCCEEDED', reason: null, count: 1, requestId: expect.any(String) },
      remoteAddress: expect.stringMatching(/127\.0\.0\.1|::1/),
    });
  });

  it('tells old and new values of what was changed, and of secrets only that they were', async () => {
    const id = await createLin();
    await app.ask(app.admin, SET_ADMIN, { input: { userId: id, isAdmin: true } });
    await app.configure({ auditRetentionDays: 90, oidc: { clientSecret: 'first-secret', name: 'Office' } });
    await app.configure({ oidc: { clientSecret: 'second-secret' } });
    const rule = { repositoryPattern: 'ships/**', actions: ['PULL'], subjectKind: 'USER', userId: id };
    const { accessRule } = (await app.ask(app.admin, CREATE_RULE, { input: { rule } })).data.createAccessRule;
    const changed = { ...rule, actions: ['PULL', 'PUSH'] };
    await app.ask(app.admin, UPDATE_RULE, { input: { accessRuleId: accessRule.id, rule: changed } });
    const changes = (await eventsOf(app)).map((event) => [event.action, event.changes]).reverse();
    expect(changes.slice(1)).toEqual([
      ['user.set_admin', [{ field: 'isAdmin', before: 'false', after: 'true' }]],
      [
        'configuration.update',
        [
          { field: 'auditRetentionDays', before: '365', after: '90' },
          { field: 'oidc.name', before: null, after: 'Office' },
          { field: 'oidc.clientSecret', before: 'not set', after: 'set' },
        ],
      ],
      ['configuration.update', [{ field: 'oidc.clientSecret', before: 'set', after: 'changed' }]],
      [
        'access_rule.create',
        [
          { field: 'repositoryPattern', before: null, after: 'ships/**' },
          { field: 'actions', before: null, after: 'PULL' },
          { field: 'subjectKind', before: null, after: 'USER' },
          { field: 'user', before: null, after: `lin (${id})` },
        ],
      ],
      ['access_rule.update', [{ field: 'actions', before: 'PULL', after: 'PULL, PUSH' }]],
    ]);
    const stored = await app.nest.get(DataSource).query('SELECT field_changes FROM audit_events');
    expect(JSON.stringify(stored)).not.toMatch(/first-secret|second-secret|First-password/);
  });

  it('tells what was refused and why, and which settings were changed', async () => {
    await createLin();
    await app.configure({ authMode: 'OIDC', oidc: { clientSecret: 'audited-client-secret' } });
    await app.configure({ oidc: { clientSecret: 'audited-client-secret', name: 'Office' } });
    const [changed, refused] = await eventsOf(app, { action: 'configuration.update' });
    expect(changed).toMatchObject({
      outcome: 'SUCCEEDED',
      target: { type: 'configuration', label: 'oidc.clientSecret, oidc.name' },
    });
    expect(refused).toMatchObject({ outcome: 'REFUSED', reason: 'OIDC_NOT_CONFIGURED' });
    expect(JSON.stringify(await eventsOf(app))).not.toContain('audited-client-secret');
  });

  it('sums up what strangers try within a minute, and keeps nothing that they typed', async () => {
    app.clock.toNextMinute();
    await createLin();
    for (let tries = 0; tries < 3; tries++) await login('My-password-typed-as-a-name', 'wrong');
    await login('lin', PASSWORD);
    const events = await eventsOf(app, { action: 'login' });
    expect(events).toMatchObject([
      { outcome: 'SUCCEEDED', actor: { kind: 'USER', label: 'lin' }, count: 1 },
      {
        outcome: 'REFUSED',
        actor: { kind: 'ANONYMOUS', id: null },
        target: null,
        reason: 'INVALID_CREDENTIALS',
        count: 3,
      },
    ]);
    expect(JSON.stringify(events)).not.toContain('typed');
    app.clock.advance(61);
    await login('lin', 'wrong');
    expect((await eventsOf(app, { action: 'login', outcome: 'REFUSED' })).map(({ count }) => count)).toEqual([1, 3]);
  });

  it('is filtered by actor, target and time, and read page by page', async () => {
    const id = await createLin();
    app.clock.advance(60);
    const from = app.clock.now().toISOString();
    await login('lin', PASSWORD);
    expect((await eventsOf(app, { actorId: id })).map(({ action }) => action)).toEqual(['login']);
    expect(await eventsOf(app, { targetId: id })).toHaveLength(2);
    expect((await eventsOf(app, { from })).map(({ action }) => action)).toEqual(['login']);
    expect((await eventsOf(app, { to: from })).map(({ action }) => action)).toEqual(['user.create']);
    const { auditEvents: first } = (await app.ask(app.admin, AUDIT, { first: 1 })).data;
    const { auditEvents: second } = (await app.ask(app.admin, AUDIT, { first: 1, after: first.pageInfo.endCursor }))
      .data;
    expect([first.edges[0].node.action, second.edges[0].node.action]).toEqual(['login', 'user.create']);
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
  });

  it('is counted hour by hour, sums included, within a bounded range', async () => {
    const now = app.clock.now().getTime();
    app.clock.advance((3_600_000 - (now % 3_600_000)) / 1000 + 60);
    const begin = app.clock.now();
    const from = new Date(begin.getTime() - 60_000).toISOString();
    await createLin();
    for (let tries = 0; tries < 3; tries++) await login('lin', 'wrong');
    app.clock.advance(7200);
    await login('lin', 'wrong');
    const to = new Date(app.clock.now().getTime() + 1000).toISOString();
    const hours = async (filter: object) => app.ask(app.admin, AUDIT_HOURS, { filter });
    const refused = (await hours({ from, to, outcome: 'REFUSED' })).data.auditEventsPerHour;
    const hourOf = (moment: Date) => `${moment.toISOString().slice(0, 13)}:00:00.000Z`;
    expect(refused).toEqual([
      { hour: hourOf(begin), count: 3 },
      { hour: hourOf(app.clock.now()), count: 1 },
    ]);
    expect((await hours({ from, to: from })).data.auditEventsPerHour).toEqual([]);
    expect((await hours({ from })).code).toBe('BAD_USER_INPUT');
    const tooLong = await hours({ from: '2020-01-01T00:00:00Z', to });
    expect(tooLong.errors[0]?.extensions.fields).toMatchObject([{ path: ['filter', 'to'], code: 'OUT_OF_RANGE' }]);
  });

  it('forgets what is older than the settings say', async () => {
    await app.configure({ auditRetentionDays: 1 });
    app.clock.advance(2 * 86_400);
    await createLin();
    expect((await eventsOf(app)).map(({ action }) => action)).toEqual(['user.create']);
  });

  it('forgets where nothing happens as well, and at once where the settings want less to be kept', async () => {
    await createLin();
    app.clock.advance(3 * 86_400);
    expect(await eventsOf(app)).toHaveLength(1);
    await app.configure({ auditRetentionDays: 2 });
    expect((await eventsOf(app)).map(({ action }) => action)).toEqual(['configuration.update']);
    app.clock.advance(3 * 86_400);
    expect(await eventsOf(app)).toEqual([]);
  });

  it('tells of what nobody was let in for: by whom where that is known, else in sums, and of no made-up aim', async () => {
    app.clock.toNextMinute();
    const id = await createLin();
    const lin = await app.loggedIn('lin', PASSWORD);
    const input = { userId: id };
    await app.ask(lin, DELETE_USER, { input });
    for (const userId of [id, 'typed-by-a-stranger']) await app.ask(undefined, DELETE_USER, { input: { userId } });
    for (const token of ['a'.repeat(40), 'b'.repeat(40)]) await app.ask({ bearer: `mrgs_${token}` }, AUDIT);
    await app.ask(app.admin, ONBOARD, { input: { username: 'sam' } });
    const [onboard, wrong, strangers, ofLin] = await eventsOf(app, { outcome: 'REFUSED' });
    expect(ofLin).toMatchObject({ action: 'user.delete', actor: { id, label: 'lin' }, reason: 'FORBIDDEN', count: 1 });
    const nobody = { actor: { kind: 'ANONYMOUS', id: null }, target: null, count: 2 };
    expect(strangers).toMatchObject({ action: 'user.delete', reason: 'UNAUTHENTICATED', ...nobody });
    expect(wrong).toMatchObject({ action: 'authenticate', reason: 'INVALID_CREDENTIALS', ...nobody });
    expect(onboard).toMatchObject({ action: 'onboard', actor: ADMIN, reason: 'UNSUPPORTED_IN_AUTH_MODE' });
    expect(JSON.stringify(await eventsOf(app))).not.toMatch(/typed-by|mrgs_/);
  });

  it('names what was deleted, and whose session was ended', async () => {
    const { data } = await app.ask(app.admin, CREATE_TOKEN, { input: { name: 'registry', role: 'VERIFIER' } });
    const { id } = data.createServiceToken.serviceToken;
    await app.ask(app.admin, DELETE_TOKEN, { input: { serviceTokenId: id } });
    const userId = await createLin();
    const [here] = [await app.loggedIn('lin', PASSWORD), await app.loggedIn('lin', PASSWORD)];
    const [{ id: sessionId }] = (await app.ask(here, SESSIONS)).data.sessions;
    await app.ask(here, END_SESSION, { input: { sessionId } });
    await app.ask(here, LOGOUT);
    const target = async (action: string) => (await eventsOf(app, { action }))[0].target;
    expect(await target('service_token.delete')).toEqual({ type: 'service_token', id, label: 'registry' });
    const lin = { type: 'user', id: userId, label: 'lin' };
    expect([await target('session.end'), await target('logout')]).toEqual([lin, lin]);
  });

  it('is for administrators alone', async () => {
    await createLin();
    const lin = await app.loggedIn('lin', PASSWORD);
    expect((await app.ask(lin, AUDIT)).code).toBe('FORBIDDEN');
    expect((await app.ask(lin, AUDIT_HOURS, { filter: {} })).code).toBe('FORBIDDEN');
  });
});

describe('The audit log in OIDC mode', () => {
  let scenario: OidcScenario;
  beforeEach(async () => (scenario = await OidcScenario.open()));
  afterEach(() => scenario.close());

  it('tells of logins at the provider, of onboarding, of secrets, and of refused verifications in sums', async () => {
    const lin = await scenario.onboarded('lin');
    await scenario.app.ask(lin, GENERATE);
    await scenario.verify('lin', 'a wrong secret');
    await scenario.verify('lin', 'another wrong one');
    await new Browser().open(`${scenario.app.url}/c/oidc/callback?state=made-up&code=made-up`);
    const events = await eventsOf(scenario.app);
    expect(events.map(({ action, outcome, reason, count }) => [action, outcome, reason, count])).toEqual([
      ['login', 'REFUSED', 'FORBIDDEN', 1],
      ['cli_secret.verify', 'REFUSED', 'MISMATCH', 2],
      ['cli_secret.generate', 'SUCCEEDED', null, 1],
      ['onboard', 'SUCCEEDED', null, 1],
      ['login', 'SUCCEEDED', null, 1],
      ['configuration.update', 'SUCCEEDED', null, 1],
      ['service_token.create', 'SUCCEEDED', null, 1],
    ]);
    expect(events[1].actor).toMatchObject({ kind: 'SERVICE_TOKEN', label: 'registry' });
  });
});
