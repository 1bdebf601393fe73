import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ServerResponse } from 'node:http';
import { FailureCounts } from '../src/throttling/failure-counts.service.js';
import { Browser } from './support/browser.js';
import { HostileIssuer } from './support/hostile-provider.js';
import { HostileScenario } from './support/hostile-scenario.js';

const REQUEST_URI = 'urn:ietf:params:oauth:request_uri:once';

describe('A provider to which requests are pushed, and pages of other sites', () => {
  let scenario: HostileScenario;
  beforeAll(async () => (scenario = await HostileScenario.open()));
  afterAll(() => scenario.close());

  const json = (status: number, body: unknown) => (response: ServerResponse) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  const gives = (uri: unknown, more: object = {}) => json(201, { request_uri: uri, expires_in: 60, ...more });
  const pushing = (honest: Record<string, unknown>, isRequired = true) => ({
    ...honest,
    require_pushed_authorization_requests: isRequired,
    pushed_authorization_request_endpoint: `${String(honest.issuer)}/par`,
  });
  const open = (name: string, answer: (response: ServerResponse) => void) =>
    scenario.issuer(name, {
      document: (honest) => pushing(honest),
      answer: (endpoint, _request, response) => {
        if (endpoint !== 'par') return false;
        answer(response);
        return true;
      },
    });
  const begun = (headers: Record<string, string> = {}) =>
    new Browser().fetch(`${scenario.app.url}/c/oidc/login`, { headers });
  const sentTo = ({ headers }: { headers: Headers }) => new URL(String(headers.get('location')));
  const timesPushed = (issuer: HostileIssuer) => issuer.timesAsked('par');

  it.each([
    ['parameters', `${REQUEST_URI}&redirect_uri=https://evil.example.com&state=1#frag`],
    ['lines', `${REQUEST_URI}\r\nset-cookie: a=b`],
    ['a script', 'javascript:alert(1)'],
    ['half a character', 'urn:\ud800\u0000'],
    ['2,000 characters', '\u{1F600}'.repeat(1000)],
  ])('stays one parameter of the address at the provider, with %s in it', async (name, uri) => {
    const issuer = await open(name.replaceAll(/\W/g, '-'), gives(uri, { expires_in: -1 }));
    const { origin, pathname, searchParams, hash } = sentTo(await begun());
    expect([`${origin}${pathname}`, hash]).toEqual([`${issuer.url}/authorize`, '']);
    expect(Object.fromEntries(searchParams)).toEqual({
      client_id: 'mooring',
      request_uri: uri.replace('\ud800', '\ufffd'),
    });
  });

  it.each<[string, (response: ServerResponse) => void, number]>([
    ['too long', gives('x'.repeat(2001)), 502],
    ['a list', gives([REQUEST_URI]), 502],
    ['in an answer without end', gives(REQUEST_URI, { padding: 'x'.repeat(1_000_000) }), 502],
    ['refused for a nonce that we do not send', json(400, { error: 'use_dpop_nonce' }), 502],
    ['refused with the secret in the words', json(400, { error: 'provider-client-secret' }), 502],
    ['refused for now', json(429, { error: 'slow_down' }), 503],
  ])('asks once, and begins no login, where what it gives is %s', async (name, answer, status) => {
    const issuer = await open(name.replaceAll(' ', '-'), answer);
    const page = await begun();
    expect([page.status, page.headers.getSetCookie(), timesPushed(issuer)]).toEqual([status, [], 1]);
    expect(page.text + scenario.app.log.join('')).not.toContain('provider-client-secret');
  });

  it('is not asked for an image, a frame or a prefetched link of another site, which uses up nothing', async () => {
    const issuer = await open('images', gives(REQUEST_URI));
    const counts = scenario.app.nest.get(FailureCounts);
    const before = counts.local.of('pushed login 127.0.0.1', scenario.app.clock.now().getTime()).failures;
    for (const destination of ['image', 'script', 'iframe', 'empty']) {
      const page = await begun({ 'sec-fetch-dest': destination, 'sec-fetch-site': 'cross-site' });
      expect([page.status, page.headers.getSetCookie()]).toEqual([403, []]);
      expect(page.text).toContain('Go to the login page');
    }
    expect((await begun({ 'sec-fetch-dest': 'document', 'sec-purpose': 'prefetch' })).status).toBe(403);
    expect(timesPushed(issuer)).toBe(0);
    const after = counts.local.of('pushed login 127.0.0.1', scenario.app.clock.now().getTime()).failures;
    expect(after).toBe(before);
    expect((await begun({ 'sec-fetch-dest': 'document', 'sec-fetch-site': 'cross-site' })).status).toBe(302);
    expect((await begun()).status).toBe(302);
    expect(timesPushed(issuer)).toBe(2);
  });

  it('that begins to require it between two logins gets pushed requests after one refusal', async () => {
    const kind = { isRequired: false };
    const refused = { error: 'invalid_request', error_description: 'Pushed Authorization Request is only allowed.' };
    const issuer = await scenario.issuer('later', {
      document: (honest) => pushing(honest, kind.isRequired),
      answer: (endpoint, _request, response, { form }) => {
        if (endpoint === 'par') gives(REQUEST_URI)(response);
        if (endpoint === 'par') return true;
        if (endpoint !== 'authorize' || !kind.isRequired) return false;
        const back = new URL(String(form.get('redirect_uri')));
        back.search = new URLSearchParams({ state: String(form.get('state')), ...refused }).toString();
        response.writeHead(302, { location: back.href }).end();
        return true;
      },
    });
    await scenario.loggedIn(issuer);
    kind.isRequired = true;
    scenario.app.clock.advance(60);
    expect((await scenario.login(new Browser())).status).toBe(502);
    expect([...sentTo(await begun()).searchParams.keys()]).toEqual(['client_id', 'request_uri']);
    expect([timesPushed(issuer), issuer.timesAsked('discovery')]).toEqual([1, 2]);
  });
});
