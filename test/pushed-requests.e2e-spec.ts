import { afterEach, describe, expect, it } from '@jest/globals';
import { ServerResponse } from 'node:http';
import { PushedLoginThrottle } from '../src/throttling/index.js';
import { TestApp } from './support/app.js';
import { Browser } from './support/browser.js';
import { AUDIT, TEST_PROVIDER } from './support/documents.js';
import { OidcScenario, ProviderChanges } from './support/oidc-scenario.js';
import { ReceivedForm, watching } from './support/watched-requests.js';

const BY_KEYS = { clientAuthentication: 'private_key_jwt', clientSecret: undefined };
const PUBLIC = { clientAuthentication: 'none', clientSecret: undefined };
/** As in tools/generate/limits.json. */
const MOST_BEGUN = 300;
const MOST_AT_ONCE = 20;
const STRANGER = '203.0.113.7';

describe('A login whose request is pushed to the provider', () => {
  const open: OidcScenario[] = [];
  const replicas: TestApp[] = [];
  const opened = async (changes: ProviderChanges, variables: Record<string, string> = {}) => {
    const scenario = await OidcScenario.at(await TestApp.start(variables), changes);
    open.push(scenario);
    return scenario;
  };
  afterEach(async () => {
    for (const replica of replicas.splice(0)) await replica.stop({ keepData: true });
    for (const scenario of open.splice(0)) await scenario.close();
  });

  /** What the provider's other endpoints are sent; it answers itself, unless `instead` does. */
  const watched = ({ provider }: OidcScenario, instead?: (response: ServerResponse) => void) => {
    const paths: string[] = [];
    const pushed: ReceivedForm[] = [];
    provider.atOtherEndpoints = (request, response, next) => {
      paths.push(String(request.url).split('?')[0] ?? '');
      const isPush = request.method === 'POST' && request.url === '/request';
      if (!isPush) return next();
      watching(pushed, request, () => (instead ? instead(response) : next()));
    };
    return { paths, pushed };
  };
  const begun = ({ app }: OidcScenario, headers = {}, browser = new Browser()) =>
    browser.fetch(`${app.url}/c/oidc/login?redirect_url=/profile`, { headers });
  const sentTo = ({ headers }: { headers: Headers }) => new URL(String(headers.get('location')));
  const parametersOf = (url: URL) => [...url.searchParams.keys()].sort();
  const failedLogins = async ({ app }: OidcScenario) => {
    const { data } = await app.ask(app.admin, AUDIT, { filter: { action: 'login' }, first: 100 });
    const nodes = data.auditEvents.edges.map(({ node }: { node: object }) => node) as {
      outcome: string;
      reason: string;
    }[];
    return nodes.filter(({ outcome }) => outcome !== 'SUCCEEDED').map(({ reason }) => reason);
  };
  const tested = async ({ app }: OidcScenario, name: string) => {
    const { data } = await app.ask(app.admin, TEST_PROVIDER, { input: {} });
    const checks = data.testOidcProvider.report.checks as Record<'name' | 'status' | 'detail', string>[];
    return checks.find((check) => check.name === name)!;
  };

  it.each<[string, ProviderChanges]>([
    ['required, with a secret', { pushedRequests: 'required' }],
    ['required, by keys', { pushedRequests: 'required', authentication: 'private_key_jwt', oidc: BY_KEYS }],
    ['required, of a public client', { pushedRequests: 'required', authentication: 'none', oidc: PUBLIC }],
    ['asked for by the setting', { oidc: { pushedAuthorizationRequests: 'always' } }],
  ])('%s, brings people in, refreshes, and tells the browser nothing of itself', async (_what, changes) => {
    const scenario = await opened({ idTokenSeconds: 300, ...changes });
    const { pushed } = watched(scenario);
    expect(await tested(scenario, 'AUTHORIZATION_CODE_FLOW')).toMatchObject({ status: 'PASSED' });
    pushed.length = 0;
    const lin = await scenario.onboarded('lin');
    expect(pushed).toHaveLength(1);
    expect(Object.fromEntries(pushed[0]!.form)).toMatchObject({
      ...{ response_type: 'code', redirect_uri: `${scenario.app.url}/c/oidc/callback`, prompt: 'consent' },
      ...{ code_challenge_method: 'S256', scope: 'openid profile email groups offline_access' },
    });
    const secret = await scenario.secretOf(lin);
    scenario.app.clock.advance(301);
    expect(await scenario.verify('lin', secret)).toMatchObject({ valid: true });
    expect(scenario.provider.refreshes.succeeded).toBe(1);
    expect(scenario.app.log.join('')).not.toMatch(/provider-client-secret|request_uri|eyJ[\w-]+\.eyJ/);
  });

  it('has a request_uri of its own, which stands alone beside the client id', async () => {
    const scenario = await opened({ pushedRequests: 'required' });
    const { pushed } = watched(scenario);
    const browser = new Browser();
    const urls = [sentTo(await begun(scenario, {}, browser)), sentTo(await begun(scenario, {}, browser))];
    expect(urls.map(parametersOf)).toEqual(Array(2).fill(['client_id', 'request_uri']));
    expect(new Set(urls.map(({ searchParams }) => searchParams.get('request_uri'))).size).toBe(2);
    expect(new Set(pushed.map(({ form }) => form.get('state'))).size).toBe(2);
  });

  it('is none where the provider only offers it', async () => {
    const scenario = await opened({ pushedRequests: 'offered' });
    const { pushed } = watched(scenario);
    expect(parametersOf(sentTo(await begun(scenario)))).toContain('code_challenge');
    expect(pushed).toEqual([]);
  });

  const json = (status: number, body: object) => (response: ServerResponse) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  const words = { error: 'invalid_scope', error_description: 'Mooring may not have <b>groups</b>' };
  it.each<[string, (response: ServerResponse) => void, number, string, string]>([
    ['refused', json(400, words), 502, 'PROVIDER_ERROR', '&lt;b&gt;groups'],
    ['refused as a client', json(401, { error: 'invalid_client' }), 502, 'PROVIDER_ERROR', 'client id or secret'],
    ['not answered', (response) => void response.destroy(), 503, 'PROVIDER_UNAVAILABLE', 'did not answer in time'],
    [
      'redirected',
      (response) => void response.writeHead(307, { location: '/x' }).end(),
      502,
      'PROVIDER_ERROR',
      'redirect',
    ],
  ])('and is %s, ends with a page, an audit event and no attempt, and not with a plain request', async (...row) => {
    const [, instead, status, code, text] = row;
    const scenario = await opened({ pushedRequests: 'required' });
    const { paths } = watched(scenario, instead);
    const browser = new Browser();
    const page = await begun(scenario, {}, browser);
    expect([page.status, page.text]).toEqual([status, expect.stringContaining(text)]);
    expect([page.headers.get('cache-control'), page.headers.getSetCookie()]).toEqual(['no-store', []]);
    expect(await failedLogins(scenario)).toEqual([code]);
    expect(new Set(paths.filter((path) => !path.startsWith('/.well-known/')))).toEqual(new Set(['/request']));
  });

  it('is one of 300 from an address in ten minutes, over all replicas, and disturbs no other address', async () => {
    const scenario = await opened({ pushedRequests: 'required' }, { TRUST_PROXY: 'loopback' });
    const { environment, adminPassword: ADMIN_PASSWORD, url: PUBLIC_URL } = scenario.app;
    replicas.push(
      await TestApp.start({ DATA_DIR: environment.dataDir, ADMIN_PASSWORD, PUBLIC_URL, TRUST_PROXY: 'loopback' }),
    );
    const { pushed } = watched(scenario);
    const throttle = scenario.app.nest.get(PushedLoginThrottle);
    for (let login = 1; login < MOST_BEGUN; login++) await throttle.push(STRANGER, () => Promise.resolve());
    const from = (address: string) => ({ 'x-forwarded-for': address });
    expect((await begun(scenario, from(STRANGER))).status).toBe(302);
    for (const app of [scenario.app, replicas[0]!, scenario.app]) {
      const { status, headers, text } = await new Browser().fetch(`${app.url}/c/oidc/login`, {
        headers: from(STRANGER),
      });
      expect([status, text]).toEqual([429, expect.stringContaining('Too many attempts')]);
      expect(Number(headers.get('retry-after'))).toBeGreaterThan(500);
    }
    expect(pushed).toHaveLength(1);
    expect((await begun(scenario, from('203.0.113.8'))).status).toBe(302);
    for (const { clock } of [scenario.app, ...replicas]) clock.advance(600);
    expect((await begun(scenario, from(STRANGER))).status).toBe(302);
    // Each process tells it once; in a test all of them write into one log.
    const told = [scenario.app, ...replicas].flatMap(({ log }) => log).filter((line) => line.includes('begun logins'));
    expect(told).toEqual(Array(2).fill(expect.stringContaining('more than 300 begun logins')));
  });

  it('waits for a slow provider with few others, and the next ones from its address are turned away', async () => {
    const scenario = await opened({ pushedRequests: 'required' });
    const throttle = scenario.app.nest.get(PushedLoginThrottle);
    let release = () => undefined as void;
    const held = new Promise<void>((resolve) => (release = resolve));
    const turnedAway: Promise<string>[] = [];
    const all = Array.from({ length: MOST_AT_ONCE + 1 }, () => throttle.push(STRANGER, () => held));
    for (const one of all)
      turnedAway.push(
        one.then(
          () => 'pushed',
          ({ code }: { code: string }) => code,
        ),
      );
    expect(await Promise.race(turnedAway)).toBe('RATE_LIMITED');
    // A stored grant is refreshed as ever, and another address gets the next turn.
    const another = throttle.push('203.0.113.8', () => Promise.resolve('its turn'));
    release();
    expect(await another).toBe('its turn');
    const codes = await Promise.all(turnedAway);
    expect(codes.filter((code) => code === 'pushed')).toHaveLength(MOST_AT_ONCE);
  });
});
