import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ServerResponse } from 'node:http';
import { DataSource } from 'typeorm';
import { SessionNotes } from '../src/sessions/index.js';
import { Session } from '../src/sessions/session.entity.js';
import { TestApp } from './support/app.js';
import { Browser, Page } from './support/browser.js';
import {
  AUDIT,
  CREATE_TOKEN,
  CREATE_USER,
  LOGOUT,
  SET_ADMIN,
  SET_DISABLED,
  START_TEST_LOGIN,
  TEST_LOGIN,
} from './support/documents.js';
import { Endpoint, HOSTILE_CLIENT_SECRET, HostileIssuer, Misbehaviour } from './support/hostile-provider.js';
import { HostileScenario } from './support/hostile-scenario.js';

const CALLBACK = '/c/oidc/callback';
const PASSWORD = 'Second-password-1';
const isOurs = ({ pathname }: URL) => pathname === CALLBACK;
const isDone = ({ pathname }: URL) => pathname === '/test-login';
const DEPTH = 200_000;
const DEEP = '['.repeat(DEPTH) + ']'.repeat(DEPTH);

describe('A test login under attack', () => {
  let scenario: HostileScenario;
  let app: TestApp;
  let admin: Browser;
  beforeEach(async () => {
    scenario = await HostileScenario.open();
    app = scenario.app;
    admin = await app.loggedIn('admin', app.adminPassword);
  });
  afterEach(() => scenario.close());

  const settingsOf = ({ url }: HostileIssuer) => ({
    ...{ endpoint: url, clientId: 'mooring', clientSecret: HOSTILE_CLIENT_SECRET },
    ...{ scope: 'openid,profile,email', groupsClaim: 'groups' },
  });
  const start = (browser: Browser, oidc: object) => app.ask(browser, START_TEST_LOGIN, { input: { oidc } });
  const begun = async (browser: Browser, issuer: HostileIssuer, oidc: object = {}) => {
    const { data, errors } = await start(browser, { ...settingsOf(issuer), ...oidc });
    expect(errors).toEqual([]);
    return data.startTestLogin as { id: string; url: string };
  };
  const read = (browser: Browser, id: string) => app.ask(browser, TEST_LOGIN, { id });
  const result = async (browser: Browser, id: string) => (await read(browser, id)).data.testLogin;
  const answerOf = async (browser: Browser, url: string) => (await browser.open(url, {}, isOurs)).url;
  const back = (browser: Browser, answer: URL): Promise<Page> => browser.open(answer, {}, isDone);
  /** A test login from beginning to end. */
  const tested = async (name: string, misbehaviour: Misbehaviour, oidc: object = {}) => {
    const { id, url } = await begun(admin, scenario.provider.issuer(name, misbehaviour), oidc);
    const page = await admin.open(url, {}, isDone);
    return { page, read: await result(admin, id) };
  };
  /** Holds the answer of an endpoint back until it is sent. */
  const holding = (at: Endpoint, reply: (response: ServerResponse) => void) => {
    let send: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (send = resolve));
    let noteAsked: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => (noteAsked = resolve));
    const answer: Misbehaviour['answer'] = (endpoint, _request, response) => {
      if (endpoint !== at) return false;
      noteAsked();
      void held.then(() => reply(response));
      return true;
    };
    return { asked, send, answer };
  };
  const secondAdmin = async () => {
    const input = { username: 'second', password: PASSWORD, email: 'second@example.com' };
    const { data } = await app.ask(app.admin, CREATE_USER, { input });
    const { id } = data.createUser.user as { id: string };
    await app.ask(app.admin, SET_ADMIN, { input: { userId: id, isAdmin: true } });
    return { id, browser: await app.loggedIn('second', PASSWORD) };
  };

  describe('by the answers of the provider', () => {
    it('shows a claim that is nested without end, as a login takes it', async () => {
      const userinfo: Misbehaviour['userinfo'] = (honest) =>
        JSON.stringify({ ...honest, deep: 'x' }).replace('"x"', DEEP);
      const claims: Misbehaviour['claims'] = (honest) =>
        JSON.stringify({ ...honest, nested: 'x' }).replace('"x"', DEEP);
      for (const [at, [name, misbehaviour]] of Object.entries({ deep: { userinfo }, nested: { claims } }).entries()) {
        const { page, read } = await tested(`deep-${at}`, misbehaviour);
        expect([page.url.pathname, read?.state]).toEqual(['/test-login', 'SUCCEEDED']);
        expect(read.preview.claims.map((claim: { name: string }) => claim.name)).toContain(name);
      }
    });

    it('bounds what it keeps and shows of names, groups and claims', async () => {
      const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, at) => [`claim-${at}`, `<b>${at}</b>`]));
      const userinfo: Misbehaviour['userinfo'] = (honest) => ({ ...honest, ...many, '\u202e\ud800': '\u202e\ud800\0' });
      const long = {
        preferred_username: `a${'-a'.repeat(300_000)}`,
        groups: Array.from({ length: 9_000 }, (_, at) => `g${at}`),
      };
      const claims: Misbehaviour['claims'] = (honest) => ({ ...honest, ...long });
      const { id, url } = await begun(admin, scenario.provider.issuer('many', { userinfo, claims }));
      await admin.open(url, {}, isDone);
      const answer = await read(admin, id);
      expect(answer.errors).toEqual([]);
      const { preview, state } = answer.data.testLogin;
      expect([state, preview.claims.length, preview.usernameProblem]).toEqual(['SUCCEEDED', 100, 'TOO_LONG']);
      expect(preview.claimsLeftOut).toBeGreaterThan(9_900);
      expect(preview.username.length).toBeLessThan(2_100);
    });

    it('tells the words of the provider without what would disturb the text around them', async () => {
      const callback: Misbehaviour['callback'] = (parameters) => {
        parameters.delete('code');
        parameters.set('error', 'access_denied\u202e<script>');
        parameters.set('error_description', `<img src=x onerror=alert(1)>\u202e\0\n${'x'.repeat(10_000)}`);
      };
      const { read } = await tested('words', { callback });
      expect(read.state).toBe('FAILED');
      const { providerError, providerErrorDescription } = read.problem;
      expect(`${providerError}${providerErrorDescription}`).not.toMatch(/[\p{C}]/u);
      expect(providerErrorDescription.length).toBeLessThanOrEqual(300);
    });

    it('writes no claim into the log or the audit log', async () => {
      const telling = { preferred_username: 'tell-tale', email: 'tell-tale@example.com', secret: 'tell-tale' };
      const { read } = await tested('quiet', { claims: (honest) => ({ ...honest, ...telling }) });
      expect(read.preview.username).toBe('tell-tale');
      const events = await app.ask(app.admin, AUDIT, { first: 20 });
      expect(`${events.text}${app.log.join('')}`).not.toContain('tell-tale');
    });
  });

  describe('by swapped answers', () => {
    const ignoresPkce = { ignoresPkce: true };

    it('is no login with the code of a test, even where the provider ignores PKCE', async () => {
      const issuer = await scenario.issuer('swap', ignoresPkce);
      const { url } = await begun(admin, issuer);
      const code = (await answerOf(admin, url)).searchParams.get('code')!;
      const browser = new Browser();
      const callback = await scenario.callbackOf(browser);
      callback.searchParams.set('code', code);
      expect((await browser.open(callback, {}, isDone)).status).toBe(502);
      expect(await scenario.me(browser)).toBeNull();
    });

    it('shows nothing of the code of a login', async () => {
      const issuer = await scenario.issuer('swap-back', ignoresPkce);
      const code = (await scenario.callbackOf(new Browser())).searchParams.get('code')!;
      const { id, url } = await begun(admin, issuer);
      const answer = await answerOf(admin, url);
      answer.searchParams.set('code', code);
      await back(admin, answer);
      expect(await result(admin, id)).toMatchObject({ state: 'FAILED', preview: null });
    });

    it('takes one answer, however long the provider works on it', async () => {
      const {
        asked,
        send,
        answer: misbehaviour,
      } = holding('userinfo', (response) => void response.writeHead(404).end());
      const issuer = scenario.provider.issuer('one-answer', { answer: misbehaviour });
      const { id, url } = await begun(admin, issuer);
      const answer = await answerOf(admin, url);
      const first = back(admin, answer);
      await asked;
      expect((await back(admin.copy(), answer)).status).toBe(403);
      send();
      await first;
      expect([issuer.timesAsked('token'), (await result(admin, id)).state]).toEqual([1, 'SUCCEEDED']);
    });

    it('takes neither two states nor that of a login', async () => {
      await scenario.issuer('states', {});
      const { id, url } = await begun(admin, scenario.provider.latest);
      const answer = await answerOf(admin, url);
      const login = await scenario.callbackOf(admin);
      const mixed = new URL(answer);
      mixed.searchParams.append('state', login.searchParams.get('state')!);
      expect((await back(admin, mixed)).status).toBe(403);
      expect((await scenario.me(admin)).username).toBe('admin');
      expect((await back(admin, answer)).url.pathname).toBe('/test-login');
      expect(await result(admin, id)).toMatchObject({ state: 'SUCCEEDED' });
      expect((await scenario.me(admin)).username).toBe('admin');
    });
  });

  describe('while its administrator ends', () => {
    it.each(['demoted', 'disabled', 'logged out'])('comes to nothing where they were %s', async (how) => {
      const { id: userId, browser } = await secondAdmin();
      const issuer = scenario.provider.issuer('ends');
      const { id, url } = await begun(browser, issuer);
      const answer = await answerOf(browser, url);
      const copy = browser.copy();
      if (how === 'demoted') await app.ask(app.admin, SET_ADMIN, { input: { userId, isAdmin: false } });
      if (how === 'disabled') await app.ask(app.admin, SET_DISABLED, { input: { userId, isDisabled: true } });
      if (how === 'logged out') await app.ask(browser, LOGOUT);
      expect((await back(copy, answer)).status).toBe(403);
      expect(issuer.timesAsked('token')).toBe(0);
      expect((await read(copy, id)).data?.testLogin ?? null).toBeNull();
    });

    it('does not begin where they were demoted while the provider was asked', async () => {
      const { id: userId, browser } = await secondAdmin();
      const body = JSON.stringify({ request_uri: 'urn:example:1', expires_in: 60 });
      const { asked, send, answer } = holding('par', (response) => void response.writeHead(201).end(body));
      const document: Misbehaviour['document'] = (honest) => ({
        ...{ ...honest, require_pushed_authorization_requests: true },
        pushed_authorization_request_endpoint: `${String(honest.issuer)}/par`,
      });
      const starting = start(browser, settingsOf(scenario.provider.issuer('pushed', { document, answer })));
      await asked;
      await app.ask(app.admin, SET_ADMIN, { input: { userId, isAdmin: false } });
      send();
      expect((await starting).code).toBe('FORBIDDEN');
    });

    it('shows no result where they were demoted while the provider worked', async () => {
      const { id: userId, browser } = await secondAdmin();
      const { asked, send, answer } = holding('userinfo', (response) => void response.writeHead(404).end());
      const { id, url } = await begun(browser, scenario.provider.issuer('late', { answer }));
      const finished = browser.open(url, {}, isDone);
      await asked;
      await app.ask(app.admin, SET_ADMIN, { input: { userId, isAdmin: false } });
      send();
      expect((await finished).status).toBe(403);
      await app.ask(app.admin, SET_ADMIN, { input: { userId, isAdmin: true } });
      expect(await result(browser, id)).toBeNull();
    });
  });

  it('belongs to its session: no other one of the same or another administrator reads it', async () => {
    const { browser: second } = await secondAdmin();
    const again = await app.loggedIn('admin', app.adminPassword);
    const { id, url } = await begun(admin, scenario.provider.issuer('own'));
    const { data } = await app.ask(app.admin, CREATE_TOKEN, { input: { name: 'x', role: 'ADMIN' } });
    const answer = await answerOf(admin, url);
    for (const other of [second, again]) expect((await back(other, answer)).status).toBe(403);
    await back(admin, answer);
    for (const other of [second, again]) expect(await result(other, id)).toBeNull();
    const token = { bearer: data.createServiceToken.token as string };
    expect((await app.ask(token, TEST_LOGIN, { id })).code).toBe('FORBIDDEN');
    expect((await app.ask(undefined, TEST_LOGIN, { id })).code).toBe('UNAUTHENTICATED');
    expect(await result(admin, id)).toMatchObject({ state: 'SUCCEEDED' });
  });

  it('gives its result to one of two who read it at once', async () => {
    const { id, url } = await begun(admin, scenario.provider.issuer('once'));
    await back(admin, await answerOf(admin, url));
    const notes = app.nest.get(SessionNotes, { strict: false });
    const take = notes.take.bind(notes);
    let both: () => void = () => undefined;
    const areThere = new Promise<void>((resolve) => (both = resolve));
    const taking = jest.spyOn(notes, 'take').mockImplementation(async (note) => {
      if (taking.mock.calls.length === 2) both();
      await areThere;
      return take(note);
    });
    const reads = await Promise.all([result(admin, id), result(admin.copy(), id)]);
    expect(reads.filter((read) => read !== null)).toHaveLength(1);
  });

  it('leaves nothing in the row of its session once somebody asks for it too late', async () => {
    const rows = app.nest.get(DataSource).getRepository(Session);
    const kept = async () => (await rows.find({ select: { id: true, sealedNote: true } })).map((row) => row.sealedNote);
    const { id, url } = await begun(admin, scenario.provider.issuer('late'));
    await back(admin, await answerOf(admin, url));
    expect(await kept()).toEqual([expect.any(String)]);
    app.clock.advance(601);
    expect(await result(admin, id)).toBeNull();
    expect(await kept()).toEqual([null]);
  });

  it('leaves nothing there either if nobody asks: the next login removes it, and keeps what still counts', async () => {
    const rows = app.nest.get(DataSource).getRepository(Session);
    const { id: first } = await begun(admin, scenario.provider.issuer('left'));
    app.clock.advance(400);
    const later = await app.loggedIn('admin', app.adminPassword);
    expect(await result(admin, first)).toMatchObject({ state: 'WAITING' });
    const { id: second } = await begun(later, scenario.provider.issuer('still'));
    app.clock.advance(201);
    await app.loggedIn('admin', app.adminPassword);
    const notes = await rows.find({ select: { id: true, sealedNote: true } });
    expect(notes.filter(({ sealedNote }) => sealedNote !== null)).toHaveLength(1);
    expect(await result(later, second)).toMatchObject({ state: 'WAITING' });
  });

  it('is told as refused in the audit log where its result could not be kept', async () => {
    const { asked, send, answer } = holding('userinfo', (response) => void response.writeHead(404).end());
    const { url } = await begun(admin, scenario.provider.issuer('replaced', { answer }));
    const finished = admin.open(url, {}, isDone);
    await asked;
    await begun(admin.copy(), scenario.provider.issuer('replacing'));
    send();
    expect((await finished).status).toBe(403);
    const { data } = await app.ask(app.admin, AUDIT, { first: 20 });
    const events = (data.auditEvents.edges as { node: { action: string; outcome: string; reason: string } }[]).map(
      ({ node }) => node,
    );
    expect(events.filter(({ action }) => action === 'oidc_provider.test_login_end')).toEqual([
      expect.objectContaining({ outcome: 'REFUSED', reason: 'FORBIDDEN' }),
    ]);
  });

  describe('whose tokens come to nothing', () => {
    const revoking: Misbehaviour['document'] = (honest) => ({
      ...honest,
      revocation_endpoint: `${String(honest.issuer)}/revoke`,
    });
    const answering =
      (revoked: (string | null)[]): Misbehaviour['answer'] =>
      (endpoint, _request, response, { form }) => {
        if (endpoint !== 'revoke') return false;
        revoked.push(form.get('token_type_hint'));
        response.writeHead(200).end();
        return true;
      };
    const misbehaving = (revoked: (string | null)[]): Misbehaviour => ({
      ...{ document: revoking, answer: answering(revoked) },
      claims: (honest) => ({ ...honest, nonce: 'of another login' }),
    });

    it.each<[string, Misbehaviour]>([
      ['an ID token that is not valid', {}],
      ['no ID token', { tokens: ({ id_token: _none, ...others }) => others }],
    ])('revokes them, though the login fails: %s', async (_what, more) => {
      const revoked: (string | null)[] = [];
      const { read } = await tested('revoked', { ...misbehaving(revoked), ...more });
      expect([read.state, read.tokens, revoked]).toEqual(['FAILED', 'REVOKED', ['refresh_token']]);
    });

    it('keeps those of the provider in force, because nobody knows whose they are', async () => {
      const revoked: (string | null)[] = [];
      await scenario.issuer('in-force', misbehaving(revoked));
      const { data } = await app.ask(admin, START_TEST_LOGIN, { input: {} });
      await admin.open(data.startTestLogin.url, {}, isDone);
      const read = await result(admin, data.startTestLogin.id);
      expect([read.state, read.tokens, revoked]).toEqual(['FAILED', 'KEPT', []]);
    });
  });

  it('tests what it began with, whatever is saved meanwhile', async () => {
    const issuer = await scenario.issuer('steady', {});
    const { id, url } = await begun(admin, issuer, { groupsClaim: 'mine' });
    const answer = await answerOf(admin, url);
    const other = await scenario.issuer('other', {});
    await app.configure({ authMode: 'DATABASE' });
    await back(admin, answer);
    expect(await result(admin, id)).toMatchObject({ state: 'SUCCEEDED', preview: { issuer: issuer.url } });
    expect(other.asked).toEqual([]);
  });

  describe('for the stored client secret', () => {
    const credentials = (issuer: HostileIssuer) =>
      issuer.asked.filter(({ authorization, form }) => authorization !== undefined || form.has('client_secret'));

    it('sends it to no other endpoint or discovery URL', async () => {
      await scenario.issuer('stored', {});
      const thief = scenario.provider.issuer('thief');
      const discoveryUrl = `${thief.url}/.well-known/openid-configuration`;
      for (const oidc of [
        { endpoint: thief.url },
        { discoveryUrl },
        { endpoint: thief.url, discoveryUrl },
        { endpoint: thief.url, clientSecret: null },
        { endpoint: thief.url, clientAuthentication: 'client_secret_post' },
        { endpoint: `${scenario.provider.origin}/stored/` },
      ])
        expect([oidc, (await start(admin, oidc)).code]).toEqual([oidc, expect.any(String)]);
      const withKey = await start(admin, { endpoint: thief.url, clientAuthentication: 'private_key_jwt' });
      await admin.open(withKey.data.startTestLogin.url, {}, isDone);
      expect(thief.timesAsked('token')).toBe(1);
      const secret = Buffer.from(HOSTILE_CLIENT_SECRET).toString('base64').slice(4, 20);
      expect(JSON.stringify(credentials(thief))).not.toMatch(new RegExp(`${HOSTILE_CLIENT_SECRET}|${secret}`));
    });

    it('follows no redirect of an endpoint with it', async () => {
      const thief = scenario.provider.issuer('goal');
      const issuer = await scenario.issuer('redirecting', {
        answer: (endpoint, _request, response) => {
          if (endpoint !== 'token') return false;
          response.writeHead(307, { location: `${thief.url}/token` }).end();
          return true;
        },
      });
      const { data } = await app.ask(admin, START_TEST_LOGIN, { input: {} });
      await admin.open(data.startTestLogin.url, {}, isDone);
      expect(await result(admin, data.startTestLogin.id)).toMatchObject({ state: 'FAILED' });
      expect([thief.asked, issuer.timesAsked('token')]).toEqual([[], 1]);
    });
  });

  it('ends at another replica, and is read at either', async () => {
    const other = await app.replica();
    try {
      const { id, url } = await begun(admin, scenario.provider.issuer('two'));
      const answer = await answerOf(admin, url);
      const atOther = Object.assign(new URL(answer), { host: new URL(other.url).host });
      const landed = await admin.fetch(atOther);
      expect([landed.status, landed.headers.get('location')]).toEqual([302, '/test-login']);
      expect((await admin.fetch(answer)).status).toBe(403);
      const reads = await Promise.all([app, other].map((one) => one.ask(admin, TEST_LOGIN, { id })));
      expect(reads.filter(({ data }) => data.testLogin !== null)).toHaveLength(1);
    } finally {
      await other.stop({ keepData: true });
    }
  });
});
