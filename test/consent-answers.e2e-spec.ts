import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { TestApp } from './support/app.js';
import { Browser } from './support/browser.js';
import { AUDIT, CREATE_TOKEN, LOGOUT, SESSIONS, TEST_PROVIDER } from './support/documents.js';
import { HostileScenario } from './support/hostile-scenario.js';
import { loginBeforeRound, ReluctantProvider } from './support/reluctant-provider.js';

const MONTH_SECONDS = 30 * 86_400;
const isPortal = ({ pathname }: URL) => pathname === '/profile';
const isCallback = ({ pathname }: URL) => pathname === '/c/oidc/callback';

describe('The visit to the provider that may bring a refresh token', () => {
  let scenario: HostileScenario;
  beforeEach(async () => (scenario = await HostileScenario.open()));
  afterEach(() => scenario.close());

  const reluctant = (name = 'lin', oidc = {}) => ReluctantProvider.at(scenario, name, oidc);
  const whole = async (returnTo?: string) => {
    const browser = new Browser();
    const page = await loginBeforeRound(scenario, browser, returnTo);
    return { browser, landed: isPortal(page.url) ? page : await browser.open(page.url, {}, isPortal) };
  };
  /** Whether the CLI secret of the browser is good after the token of the login has expired. */
  const outlives = async (browser: Browser) => {
    const { username } = await scenario.me(browser);
    const secret = await scenario.secretOf(browser);
    scenario.app.clock.advance(301);
    return (await scenario.verify(username, secret)).status as string;
  };
  const hasRefreshToken = async (browser: Browser) =>
    (await scenario.app.ask(browser, '{ me { oidcIdentity { hasRefreshToken } } }')).data.me.oidcIdentity
      .hasRefreshToken as boolean;
  const events = async (action: string) => {
    const { data } = await scenario.app.ask(scenario.app.admin, AUDIT, { filter: { action }, first: 50 });
    const nodes = data.auditEvents.edges.map(({ node }: { node: object }) => node);
    return nodes.map(
      ({ outcome, reason, target }: { outcome: string; reason: string | null; target: { label: string } }) =>
        [target.label, outcome, reason].join(' '),
    );
  };
  const metrics = async () => {
    const input = { name: `metrics-${randomBytes(4).toString('hex')}`, role: 'METRICS' };
    const { data } = await scenario.app.ask(scenario.app.admin, CREATE_TOKEN, { input });
    const headers = { authorization: `Bearer ${data.createServiceToken.token}` };
    const { text } = await new Browser().fetch(`${scenario.app.url}/metrics`, { headers });
    const rounds = text.matchAll(/^mooring_consent_rounds_total\{result="(\w+)"\} (\d+)/gm);
    return Object.fromEntries([...rounds].map(([, result, count]) => [result, Number(count)]));
  };

  it('adds the refresh token, keeps the session, and is noted', async () => {
    const provider = await reluctant();
    const browser = new Browser();
    const start = await loginBeforeRound(scenario, browser, '/profile?from=docs#cli');
    const before = (await scenario.app.ask(browser, SESSIONS)).data.sessions;
    expect(await hasRefreshToken(browser)).toBe(false);
    const landed = await browser.open(start.url, {}, isPortal);
    expect(landed.url.pathname + landed.url.search + landed.url.hash).toBe('/profile?from=docs#cli');
    expect(landed.headers.get('cache-control')).toBe('no-store');
    expect((await scenario.app.ask(browser, SESSIONS)).data.sessions).toEqual(before);
    expect(provider.timesAskedForConsent).toBe(1);
    expect(await events('refresh_token.ask')).toEqual(['lin SUCCEEDED ']);
    expect(await events('refresh_token.add')).toEqual(['lin SUCCEEDED ']);
    expect(await metrics()).toEqual({ ASKED: 1, ADDED: 1 });
    expect(await hasRefreshToken(browser)).toBe(true);
    expect(await outlives(browser)).toBe('VALID');
  });

  it.each([
    ['access_denied', 'REFUSED LOGIN_DENIED'],
    ['consent_required', 'REFUSED PROVIDER_ERROR'],
    ['interaction_required', 'REFUSED PROVIDER_ERROR'],
    ['login_required', 'REFUSED PROVIDER_ERROR'],
    ['invalid_request', 'REFUSED PROVIDER_ERROR'],
    ['server_error', 'FAILED PROVIDER_UNAVAILABLE'],
    ['temporarily_unavailable', 'FAILED PROVIDER_UNAVAILABLE'],
  ])('changes nothing where the provider answers %s', async (error, outcome) => {
    const provider = await reluctant();
    provider.error = error;
    const { browser, landed } = await whole('/profile?x=1');
    expect([landed.url.search, (await scenario.me(browser)).username]).toEqual(['?x=1', 'lin']);
    expect(await events('refresh_token.add')).toEqual([`lin ${outcome}`]);
    expect(await scenario.refused('PROVIDER_ERROR')).toBe(0);
    expect(await outlives(browser)).toBe('NO_REFRESH_TOKEN');
    await whole();
    expect(provider.timesAskedForConsent).toBe(1);
    scenario.app.clock.advance(MONTH_SECONDS);
    provider.error = null;
    expect(await outlives((await whole()).browser)).toBe('VALID');
    expect(provider.timesAskedForConsent).toBe(2);
  });

  it.each([
    ['no refresh token', { givesAtRound: false }, 'REFUSED NO_REFRESH_TOKEN'],
    ['tokens of another person', { personOfRound: 'sam' }, 'REFUSED OTHER_PERSON'],
    [
      '503 at the token endpoint',
      { answerOfRound: (response) => void response.writeHead(503).end() },
      'FAILED PROVIDER_UNAVAILABLE',
    ],
    [
      'a page at the token endpoint',
      { answerOfRound: (response) => void response.writeHead(200).end('<p>') },
      'REFUSED PROVIDER_ERROR',
    ],
  ] as [string, Partial<ReluctantProvider>, string][])(
    'changes nothing where it brings %s',
    async (_what, bent, outcome) => {
      const provider = Object.assign(await reluctant(), bent);
      const { browser, landed } = await whole();
      expect([landed.url.pathname, (await scenario.me(browser)).username]).toEqual(['/profile', 'lin']);
      expect(await events('refresh_token.add')).toEqual([`lin ${outcome}`]);
      expect(await outlives(browser)).toBe('NO_REFRESH_TOKEN');
      expect(provider.timesAskedForConsent).toBe(1);
    },
  );

  it.each([
    [
      'access_type=offline, without the scope',
      { scope: 'openid', extraRedirectParameters: [{ name: 'access_type', value: 'offline' }] },
      1,
    ],
    ['neither', { scope: 'openid,profile,email' }, 0],
    ['access_type=online', { scope: 'openid', extraRedirectParameters: [{ name: 'access_type', value: 'online' }] }, 0],
    ['prompt=select_account', { extraRedirectParameters: [{ name: 'prompt', value: 'select_account' }] }, 0],
  ])('follows the settings: %s', async (_what, oidc, times) => {
    const provider = await reluctant('lin', oidc);
    await whole();
    expect(provider.timesAskedForConsent).toBe(times);
  });

  it('starts once, by the browser of its login: a link of a stranger leads only to the page in it', async () => {
    const provider = await reluctant();
    const browser = new Browser();
    const { url } = await loginBeforeRound(scenario, browser, '/profile?wanted');
    const location = async (by: Browser, changes: Record<string, string> = {}) => {
      const changed = new URL(url);
      for (const [name, value] of Object.entries(changes)) changed.searchParams.set(name, value);
      const page = await by.fetch(changed);
      return [page.status, page.headers.get('location')];
    };
    expect(await location(new Browser())).toEqual([302, '/profile?wanted']);
    expect(await location(browser, { consent: '0198a9d6-7dd5-7000-8000-000000000000' })).toEqual([
      302,
      '/profile?wanted',
    ]);
    expect(await location(browser, { consent: '' })).toEqual([302, '/profile?wanted']);
    const twice = new URL(url);
    twice.searchParams.append('consent', '1');
    expect((await browser.fetch(twice)).headers.get('location')).toBe('/profile?wanted');
    expect(await location(browser, { consent: 'x', redirect_url: 'https://evil.example' })).toEqual([302, '/']);
    expect(provider.timesAskedForConsent).toBe(0);
    const twin = browser.copy();
    const both = await Promise.all([location(browser), location(twin)]);
    expect(both.filter(([, to]) => to === '/profile?wanted')).toHaveLength(1);
    expect(await location(browser)).toEqual([302, '/profile?wanted']);
  });

  it('does not start later than ten minutes after the login, and ends on the wanted page if it takes longer', async () => {
    const provider = await reluctant();
    const late = new Browser();
    const { url } = await loginBeforeRound(scenario, late);
    scenario.app.clock.advance(601);
    expect((await late.open(url, {}, isPortal)).url.pathname).toBe('/profile');
    expect(provider.timesAskedForConsent).toBe(0);
    provider.person = 'sam';
    const slow = new Browser();
    const start = await loginBeforeRound(scenario, slow, '/profile?slow');
    const { url: callback } = await slow.open(start.url, {}, isCallback);
    scenario.app.clock.advance(601);
    const before = await metrics();
    expect((await slow.open(callback, {}, isPortal)).url.search).toBe('?slow');
    expect((await slow.open(callback, {}, isPortal)).url.search).toBe('?slow');
    expect(await metrics()).toEqual({ ...before, TOO_LATE: 1 });
  });

  it('adds nothing after a logout, here or at the provider, and revives no grant', async () => {
    const provider = await reluctant();
    const here = new Browser();
    const first = await loginBeforeRound(scenario, here);
    const { url: callback } = await here.open(first.url, {}, isCallback);
    await scenario.app.ask(here, LOGOUT);
    expect((await here.open(callback, {}, isPortal)).url.pathname).toBe('/profile');
    expect(await scenario.me(here)).toBeNull();
    expect(await events('refresh_token.add')).toEqual(['lin REFUSED OTHER_PERSON']);
    provider.person = 'sam';
    const there = new Browser();
    const second = await loginBeforeRound(scenario, there);
    const { url: other } = await there.open(second.url, {}, isCallback);
    const token = await provider.issuer.pair.sign(
      provider.issuer.logoutClaims({ sub: 'sub-sam', sid: provider.session }),
      { typ: 'logout+jwt' },
    );
    expect((await scenario.tellOfLogout(token)).status).toBe(200);
    expect((await there.open(other, {}, isPortal)).url.pathname).toBe('/profile');
    expect(await scenario.me(there)).toBeNull();
    expect((await metrics()).ADDED).toBeUndefined();
  });

  it('adds nothing where the settings name another client by the time of the answer', async () => {
    await reluctant();
    const browser = new Browser();
    const { url } = await loginBeforeRound(scenario, browser);
    const { url: callback } = await browser.open(url, {}, isCallback);
    await scenario.app.configure({ oidc: { clientId: 'another' } });
    expect((await browser.open(callback, {}, isPortal)).url.pathname).toBe('/profile');
    expect((await metrics()).ADDED).toBeUndefined();
  });

  it('adds the token also where another tab of the browser has logged in again meanwhile', async () => {
    const provider = await reluctant();
    const browser = new Browser();
    const { url } = await loginBeforeRound(scenario, browser);
    const { url: callback } = await browser.open(url, {}, isCallback);
    const other = await loginBeforeRound(scenario, browser, '/profile?tab=2');
    expect(other.url.search).toBe('?tab=2');
    expect((await browser.open(callback, {}, isPortal)).url.search).toBe('');
    expect(await outlives(browser)).toBe('VALID');
    expect(provider.timesAskedForConsent).toBe(1);
  });

  it('adds no token to a later login of another session at the provider', async () => {
    const provider = await reluctant();
    const browser = new Browser();
    const { url } = await loginBeforeRound(scenario, browser);
    const { url: callback } = await browser.open(url, {}, isCallback);
    provider.session = 'another-session';
    const elsewhere = new Browser();
    await loginBeforeRound(scenario, elsewhere);
    provider.session = 'one-session';
    expect((await browser.open(callback, {}, isPortal)).url.pathname).toBe('/profile');
    expect(await events('refresh_token.add')).toEqual(['lin REFUSED LOGIN_CHANGED']);
    expect(await outlives(elsewhere)).toBe('NO_REFRESH_TOKEN');
  });

  describe('with three replicas', () => {
    let replicas: TestApp[];
    beforeEach(async () => {
      const { environment, adminPassword: ADMIN_PASSWORD, url: PUBLIC_URL } = scenario.app;
      const same = { DATA_DIR: environment.dataDir, ADMIN_PASSWORD, PUBLIC_URL };
      replicas = [scenario.app, await TestApp.start(same), await TestApp.start(same)];
    });
    afterEach(async () => {
      for (const replica of replicas.slice(1)) await replica.stop({ keepData: true });
    });
    const at = (replica: TestApp, url: URL) => Object.assign(new URL(url), { host: new URL(replica.url).host });
    /** Logs in, coming back to one replica, and returns whether a round follows. */
    const isAskedAt = async (replica: TestApp) => {
      const browser = new Browser();
      const answer = await browser.fetch(at(replica, await scenario.callbackOf(browser)));
      const next = new URL(answer.headers.get('location')!, scenario.app.url);
      if (next.searchParams.has('consent')) await browser.open(next, {}, isPortal);
      return next.searchParams.has('consent');
    };
    const refreshTokensCheck = async () => {
      const { data } = await scenario.app.ask(scenario.app.admin, TEST_PROVIDER, { input: {} });
      const checks = data.testOidcProvider.report.checks as { name: string; status: string; detail: string }[];
      return checks.find(({ name }) => name === 'REFRESH_TOKENS')!;
    };

    it('asks a person once, who logs in at all of them at the same moment', async () => {
      const provider = await reluctant();
      provider.givesAtRound = false;
      const browsers = replicas.map(() => new Browser());
      const callbacks = await Promise.all(browsers.map((browser) => scenario.callbackOf(browser)));
      const answers = await Promise.all(
        browsers.map((browser, index) => browser.fetch(at(replicas[index]!, callbacks[index]!))),
      );
      const places = answers.map(({ headers }) => headers.get('location')!);
      expect(places.filter((place) => place.includes('consent='))).toHaveLength(1);
    });

    it('asks nobody any more in a revision of the settings in which three people got none, which the test says', async () => {
      const provider = await reluctant();
      Object.assign(provider, { givesAtRound: false });
      const asked = [];
      for (const [index, person] of ['lin', 'sam', 'lin', 'ada', 'kim'].entries()) {
        provider.person = person;
        asked.push(await isAskedAt(replicas[index % 3]!));
        if (person === 'sam')
          expect((await refreshTokensCheck()).detail).toContain('2 people brought no refresh token');
      }
      expect(asked).toEqual([true, true, false, true, false]);
      const { status, detail } = await refreshTokensCheck();
      expect(status).toBe('WARNING');
      expect(detail).toContain('3 people brought no refresh token');
      expect(detail).toContain('Mooring no longer asks');
      await scenario.app.configure({ oidc: { name: 'Office' } });
      expect((await refreshTokensCheck()).detail).not.toContain('brought no refresh token');
      expect(await isAskedAt(replicas[1]!)).toBe(true);
    });

    it('counts a person once, however often they got none, and nobody for whom the provider did not answer', async () => {
      const provider = await reluctant();
      provider.error = 'access_denied';
      for (let month = 0; month < 3; month++) {
        expect(await isAskedAt(scenario.app)).toBe(true);
        for (const replica of replicas) replica.clock.advance(MONTH_SECONDS);
      }
      provider.error = 'temporarily_unavailable';
      provider.person = 'sam';
      expect(await isAskedAt(scenario.app)).toBe(true);
      expect((await refreshTokensCheck()).detail).toContain('one person brought no refresh token');
    });
  });
});
