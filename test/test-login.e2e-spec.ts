import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { ProviderGrant } from '../src/grants/provider-grant.entity.js';
import { User } from '../src/users/user.entity.js';
import { Browser, Page } from './support/browser.js';
import {
  AUDIT,
  CONFIGURATION,
  CREATE_TOKEN,
  ME,
  SET_DISABLED,
  START_TEST_LOGIN,
  TEST_LOGIN,
  USERS,
} from './support/documents.js';
import { postGraphql } from './support/graphql.js';
import { HOSTILE_CLIENT_SECRET, HostileIssuer, Misbehaviour } from './support/hostile-provider.js';
import { HostileScenario } from './support/hostile-scenario.js';
import { OidcScenario } from './support/oidc-scenario.js';
import { spending } from './support/spending-provider.js';

const isOurs = ({ pathname }: URL) => pathname === '/c/oidc/callback';
const isDone = ({ pathname }: URL) => pathname === '/test-login';

describe('A test login', () => {
  let scenario: OidcScenario;
  let admin: Browser;
  /** The test login that was begun last. */
  let id: string;
  beforeEach(async () => {
    scenario = await OidcScenario.open();
    admin = await scenario.app.loggedIn('admin', scenario.app.adminPassword);
  });
  afterEach(() => scenario.close());

  const start = (browser: Browser, oidc?: object) =>
    scenario.app.ask(browser, START_TEST_LOGIN, { input: oidc ? { oidc } : {} });
  const begun = async (browser: Browser, oidc?: object): Promise<string> => {
    const { data, errors } = await start(browser, oidc);
    expect(errors).toEqual([]);
    const started = data.startTestLogin as { id: string; url: string };
    id = started.id;
    return started.url;
  };
  /** Logs in at the provider, and stops before the browser returns to Mooring. */
  const answerOf = async (browser: Browser, url: string, login = 'lin'): Promise<URL> => {
    const page = await browser.open(url, {}, isOurs);
    return isOurs(page.url) ? page.url : (await browser.submit(page, { login }, isOurs)).url;
  };
  const back = (browser: Browser, answer: URL): Promise<Page> => browser.open(answer, {}, isDone);
  const result = async (browser: Browser) => (await scenario.app.ask(browser, TEST_LOGIN, { id })).data.testLogin;
  const tested = async (oidc?: object, login?: string) => {
    await back(admin, await answerOf(admin, await begun(admin, oidc), login));
    return result(admin);
  };
  const rows = async () => {
    const database = scenario.app.nest.get(DataSource);
    return [await database.getRepository(User).count(), await database.getRepository(ProviderGrant).count()];
  };

  it('shows what Mooring would see of the person, stores nobody, and leaves the session of the administrator', async () => {
    const before = await rows();
    const settings = (await scenario.app.ask(admin, CONFIGURATION)).data;
    const { state, preview, problem, tokens } = await tested();
    expect([state, problem]).toEqual(['SUCCEEDED', null]);
    expect(preview).toMatchObject({
      ...{ username: 'lin', repositoryName: 'lin', usernameProblem: null, suggestedUsername: 'lin', account: null },
      ...{ email: 'lin@example.com', isAdmin: false, mayLogIn: true, hasRefreshToken: true, notes: [] },
    });
    expect(preview.claims).toEqual(
      expect.arrayContaining([expect.objectContaining({ name: 'sub', source: 'BOTH', value: expect.any(String) })]),
    );
    expect(tokens).toBe('REVOKED');
    expect(await rows()).toEqual(before);
    expect((await scenario.app.ask(admin, ME)).data.me.username).toBe('admin');
    expect((await scenario.app.ask(admin, CONFIGURATION)).data).toEqual(settings);
  });

  it('works in DATABASE mode, with settings that are not saved', async () => {
    const { app, provider } = scenario;
    const oidc = { endpoint: provider.issuer, clientId: 'mooring', clientSecret: 'provider-client-secret' };
    await scenario.configure({ authMode: 'DATABASE', oidc: { endpoint: null, clientId: null } });
    const { state, preview } = await tested({ ...oidc, scope: 'openid,profile', userClaim: 'email' });
    expect([state, preview.username, preview.hasRefreshToken]).toEqual(['SUCCEEDED', null, false]);
    expect((await app.ask(admin, CONFIGURATION)).data.configuration).toMatchObject({ authMode: 'DATABASE' });
  });

  it('tells groups as read and as filtered, administration, and who may not log in', async () => {
    const groups = async (oidc: object, login: string) => (await tested(oidc, login)).preview;
    const told = await groups({ groupFilter: '^crew$' }, 'lin');
    const one = (told.groups as string[])[0]!;
    expect(told.countingGroups).toEqual((told.groups as string[]).filter((name) => name === 'crew'));
    expect(await groups({ adminGroups: [one] }, 'lin')).toMatchObject({ isAdmin: true, mayLogIn: true });
    expect(await groups({ loginGroups: ['nobody'], adminGroups: [one] }, 'lin')).toMatchObject({
      ...{ isAdmin: false, mayLogIn: false },
    });
  });

  it('judges the user name by the tested settings, not by those in force', async () => {
    await scenario.close();
    const lukasz = { subject: 'sub-lukasz', username: 'łukasz', name: 'Łukasz Nowak', email: 'lukasz@example.com' };
    scenario = await OidcScenario.open({ people: [lukasz] });
    admin = await scenario.app.loggedIn('admin', scenario.app.adminPassword);
    const judged = async (requireRepositoryName: boolean) => {
      const { preview } = await tested({ requireRepositoryName }, 'łukasz');
      return [preview.usernameProblem, preview.suggestedUsername];
    };
    expect(await judged(false)).toEqual([null, expect.any(String)]);
    expect(await judged(true)).toEqual(['NO_PLACE', 'lukasz']);
  });

  it('keeps the tokens of somebody whose login here they could end', async () => {
    const browser = await scenario.onboarded('lin');
    const { tokens, preview } = await tested();
    expect([tokens, preview.account]).toEqual(['KEPT', 'lin']);
    expect((await scenario.app.ask(browser, ME)).data.me.username).toBe('lin');
  });

  it('says of somebody whose account is disabled here that their login would be refused', async () => {
    await scenario.onboarded('lin', 'linnea');
    const { data } = await scenario.app.ask(scenario.app.admin, USERS, { first: 10 });
    const users = (data.users.edges as { node: { id: string; username: string } }[]).map(({ node }) => node);
    const userId = users.find(({ username }) => username === 'linnea')!.id;
    const told = async (oidc: object = {}) => (await tested(oidc)).preview;
    expect(await told()).toMatchObject({ refusal: null, account: 'linnea', repositoryName: 'linnea', username: 'lin' });
    expect(await told({ loginGroups: ['nobody'] })).toMatchObject({ refusal: 'LOGIN_NOT_ALLOWED' });
    await scenario.app.ask(scenario.app.admin, SET_DISABLED, { input: { userId, isDisabled: true } });
    expect(await told()).toMatchObject({ refusal: 'USER_DISABLED', mayLogIn: true });
    expect((await scenario.login(new Browser(), 'lin')).status).toBe(403);
  });

  it('is read once', async () => {
    const read = await tested();
    expect(read.state).toBe('SUCCEEDED');
    expect(await result(admin)).toBeNull();
  });

  it('waits until the person is back, and has ended after ten minutes, as its result has', async () => {
    const url = await begun(admin);
    expect(await result(admin)).toMatchObject({ state: 'WAITING', preview: null });
    const answer = await answerOf(admin, url);
    scenario.app.clock.advance(601);
    expect((await back(admin, answer)).status).toBe(403);
    await back(admin, await answerOf(admin, await begun(admin)));
    scenario.app.clock.advance(601);
    expect(await result(admin)).toBeNull();
  });

  it('that fails is a result: a wrong client secret', async () => {
    const oidc = { endpoint: scenario.provider.issuer, clientSecret: 'wrong-client-secret' };
    const { state, preview, problem } = await tested(oidc);
    expect([state, preview]).toEqual(['FAILED', null]);
    expect(problem).toMatchObject({ code: 'PROVIDER_ERROR', message: expect.stringContaining('client') });
  });

  it('that the person cancels at the provider is a result, in the words of the provider', async () => {
    const url = new URL(await begun(admin));
    const denied = new URL(`${scenario.app.url}/c/oidc/callback`);
    denied.search = new URLSearchParams({
      ...{ error: 'access_denied', error_description: 'You said no', iss: scenario.provider.issuer },
      state: url.searchParams.get('state')!,
    }).toString();
    await back(admin, denied);
    expect(await result(admin)).toMatchObject({ state: 'FAILED', problem: { providerError: 'access_denied' } });
  });

  it('can be finished by no other browser, not twice, and not once it was replaced', async () => {
    const answer = await answerOf(admin, await begun(admin));
    const stranger = await scenario.onboarded('sam');
    for (const other of [new Browser(), stranger]) expect((await back(other, answer)).status).toBe(403);
    const twice = await Promise.all([back(admin, answer), back(admin.copy(), answer)]);
    expect(twice.map(({ status }) => status).sort()).toEqual([302, 403]);
    const replaced = await answerOf(admin, await begun(admin));
    const first = id;
    await begun(admin, { name: 'Another' });
    expect((await back(admin, replaced)).status).toBe(403);
    expect((await scenario.app.ask(admin, TEST_LOGIN, { id: first })).data.testLogin).toBeNull();
    expect(await result(admin)).toMatchObject({ state: 'WAITING' });
  });

  it('never logs anybody in, whatever is done with its state', async () => {
    const answer = await answerOf(admin, await begun(admin));
    const browser = new Browser();
    await browser.open(`${scenario.app.url}/c/oidc/login`, {}, ({ origin }) => origin === scenario.provider.issuer);
    const page = await browser.open(answer, {}, isDone);
    expect(page.status).toBe(403);
    expect((await scenario.app.ask(browser, ME)).data.me).toBeNull();
    const begins = await browser.open(`${scenario.app.url}/c/oidc/login?state=${answer.searchParams.get('state')}`);
    expect(begins.url.origin).toBe(scenario.provider.issuer);
  });

  it('is for administrators in person, with a session', async () => {
    const user = await scenario.onboarded('sam');
    expect((await start(user)).code).toBe('FORBIDDEN');
    const { data } = await scenario.app.ask(scenario.app.admin, CREATE_TOKEN, { input: { name: 'x', role: 'ADMIN' } });
    const token = { bearer: data.createServiceToken.token as string };
    expect((await scenario.app.ask(token, START_TEST_LOGIN, { input: {} })).code).toBe('FORBIDDEN');
    const basic = await scenario.app.ask(scenario.app.admin, START_TEST_LOGIN, { input: {} });
    const withoutSession = ['FORBIDDEN', expect.stringContaining('session')];
    expect([basic.code, basic.errors[0]?.message]).toEqual(withoutSession);
    const cookie = await user.jar.getCookieString(scenario.app.url);
    const body = JSON.stringify({ query: START_TEST_LOGIN, variables: { input: {} } });
    const ofAnother = await postGraphql(scenario.app.url, scenario.app.admin, body, { cookie });
    expect([ofAnother.code, ofAnother.errors[0]?.message]).toEqual(withoutSession);
  });

  it('sends a stored client secret to no other endpoint', async () => {
    const answer = await start(admin, { endpoint: 'http://127.0.0.1:9' });
    expect(answer.code).toBe('BAD_USER_INPUT');
  });

  it('is told in the audit log by its outcome alone', async () => {
    await tested();
    const events = (await scenario.app.ask(scenario.app.admin, AUDIT, { first: 5 })).data.auditEvents.edges as {
      node: object;
    }[];
    const text = JSON.stringify(events);
    expect(text).toContain('oidc_provider.test_login_end');
    expect(text).not.toMatch(/\blin\b/);
  });
});

describe('A test login at a provider with ways of its own', () => {
  let scenario: HostileScenario;
  let admin: Browser;
  beforeEach(async () => {
    scenario = await HostileScenario.open();
    admin = await scenario.app.loggedIn('admin', scenario.app.adminPassword);
  });
  afterEach(() => scenario.close());

  const begun = async (issuer: HostileIssuer) => {
    const oidc = { endpoint: issuer.url, clientId: 'mooring', clientSecret: HOSTILE_CLIENT_SECRET };
    const { data } = await scenario.app.ask(admin, START_TEST_LOGIN, { input: { oidc } });
    return data.startTestLogin as { id: string; url: string };
  };
  const result = async (id: string) => (await scenario.app.ask(admin, TEST_LOGIN, { id })).data.testLogin;

  it('waits for its result while the provider works on its answer', async () => {
    let send: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (send = resolve));
    let noteAsked: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => (noteAsked = resolve));
    const answer: Misbehaviour['answer'] = (endpoint, _request, response) => {
      if (endpoint !== 'userinfo') return false;
      noteAsked();
      void held.then(() => response.writeHead(404).end());
      return true;
    };
    const { id, url } = await begun(scenario.provider.issuer('slow', { answer }));
    const finished = admin.open(url, {}, isDone);
    await Promise.race([asked, finished]);
    expect(await result(id)).toMatchObject({ state: 'WAITING' });
    send();
    await finished;
    expect(await result(id)).toMatchObject({ state: 'SUCCEEDED' });
  });

  it('begins again by itself where the first method of client authentication has spent the code, as a login does', async () => {
    const issuer: HostileIssuer = scenario.provider.issuer(
      'again',
      spending(() => issuer),
    );
    const { id, url } = await begun(issuer);
    expect((await admin.open(url, {}, isDone)).url.pathname).toBe('/test-login');
    expect(await result(id)).toMatchObject({ state: 'SUCCEEDED', preview: { username: 'again' } });
    expect(issuer.timesAsked('authorize')).toBe(2);
  });

  it('does so once: a provider that refuses each first method is a result', async () => {
    const issuer: HostileIssuer = scenario.provider.issuer(
      'fickle',
      spending(() => issuer, true),
    );
    const { id, url } = await begun(issuer);
    await admin.open(url, {}, isDone);
    expect(await result(id)).toMatchObject({ state: 'FAILED', problem: { code: 'PROVIDER_ERROR' } });
    expect(issuer.timesAsked('authorize')).toBe(2);
  });
});
