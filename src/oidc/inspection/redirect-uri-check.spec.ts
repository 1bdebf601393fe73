import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { ServerResponse } from 'node:http';
import { Asked, back, Handler, InspectedProvider, json } from '../../../test/support/inspected-provider.js';
import { RedirectUriCheck } from './redirect-uri-check.js';

const CASES = new URL('../../../test/cases/provider-test.json', import.meta.url);
const OURS = 'https://mooring.example/c/oidc/callback';
const AUTHORIZE = '/authorize';

interface Row {
  readonly id: string;
  readonly right: string;
  readonly 'redirectUri=OTHER': string;
  readonly 'clientId=unknown': string;
  readonly 'scope=unknown': string;
  readonly expect: readonly [string, string, string, string];
}

const { authorizationEndpoint } = JSON.parse(readFileSync(CASES, 'utf8')) as {
  authorizationEndpoint: { cases: Row[] };
};

/** Answers as the sentence of a row says: redirects through pages of its own, up to the last one. */
function answerBy(sentence: string, asked: Asked, response: ServerResponse, elsewhere: string): void {
  const statuses = [...sentence.matchAll(/\b[2345]\d\d\b/g)].map(Number);
  const hop = Number(asked.path.replace(/\D/g, ''));
  const status = statuses[hop] ?? 200;
  if (status < 300 || status > 399) return void response.writeHead(status, { 'content-type': 'text/html' }).end('<p>');
  const [, error = ''] = /error=(\w+)/.exec(sentence) ?? [];
  const isLast = statuses.slice(hop + 1).every((next) => next < 300);
  if (isLast && sentence.includes('OURS')) return back(asked, response, { error });
  const query = isLast && sentence.includes('error=') ? `?error=${error}` : `?${asked.query.toString()}`;
  const origin = sentence.includes('another origin') ? elsewhere : '';
  response.writeHead(status, { location: `${origin}/hop/${hop + 1}${query}` }).end();
}

/** The answer of a row to a question; some are told by reference to another one. */
function sentenceFor(row: Row, asked: Asked, isRegistered: (uri: string) => boolean): string {
  const isKnown = asked.query.get('client_id') === 'mooring';
  const uri = asked.query.get('redirect_uri') ?? '';
  const hasScope = asked.query.get('scope')?.includes('unknown') ?? false;
  const name = hasScope ? 'scope=unknown' : 'right';
  const sentence = row[!isKnown ? 'clientId=unknown' : isRegistered(uri) ? name : 'redirectUri=OTHER'];
  if (sentence.includes('the same page')) return row.right;
  const [, other] = /the same with (\w+)/.exec(sentence) ?? [];
  return other ? row['redirectUri=OTHER'].replace(/error=\w+/, `error=${other}`) : sentence;
}

describe(RedirectUriCheck, () => {
  let provider: InspectedProvider;
  let elsewhere: InspectedProvider;
  beforeEach(async () => {
    provider = await InspectedProvider.start();
    elsewhere = await InspectedProvider.start();
  });
  afterEach(async () => {
    await provider.stop();
    await elsewhere.stop();
  });

  const answer = (handler: Handler) => {
    for (const path of [AUTHORIZE, '/hop/1', '/hop/2', '/hop/3', '/hop/4']) provider.handlers.set(path, handler);
  };
  const play = (row: Row, isRegistered: (uri: string) => boolean) =>
    answer((asked, response) => answerBy(sentenceFor(row, asked, isRegistered), asked, response, elsewhere.issuer));

  it.each(authorizationEndpoint.cases.map((row) => [row.id, row] as const))('reads %s', async (_id, row) => {
    const [right, notRegistered, unknownClient, unknownScope] = row.expect;
    play(row, (uri) => uri === OURS);
    expect((await provider.inspect()).of('REDIRECT_URI').status).toBe(right.split(/[ :]/)[0]);
    expect((await provider.inspect({ clientId: 'other' })).of('REDIRECT_URI').status).toBe(unknownClient);
    const { of } = await provider.inspect({ scopes: ['openid', 'unknown'] });
    const [, scope] = /^(?:scope )?(FAILED|SKIPPED)/.exec(unknownScope) ?? [undefined, 'SKIPPED'];
    expect(of('SCOPES').status).toBe(scope);
    if (unknownScope.includes('redirect URI PASSED')) expect(of('REDIRECT_URI').status).toBe('PASSED');
    play(row, (uri) => uri === 'https://mooring.example/of-another');
    expect((await provider.inspect()).of('REDIRECT_URI').status).toBe(notRegistered);
    expect(elsewhere.asked).toEqual([]);
  });

  it('asks as a browser without cookies, with the parameters of a login and prompt=none', async () => {
    answer((asked, response) => back(asked, response, { error: 'login_required' }));
    provider.document = { authorization_endpoint: `${provider.issuer}${AUTHORIZE}?tenant=a&prompt=x` };
    const extraRedirectParameters = [
      { name: 'prompt', value: 'consent' },
      { name: 'access_type', value: 'offline' },
      { name: 'state', value: 'ours' },
    ];
    const { of } = await provider.inspect({ extraRedirectParameters, scopes: ['email', 'openid'] });
    expect([of('REDIRECT_URI').status, of('AUTHORIZATION_CODE_FLOW').status]).toEqual(['PASSED', 'PASSED']);
    const [{ query, headers } = { query: undefined, headers: {} }, ...more] = provider.at(AUTHORIZE);
    expect(more).toEqual([]);
    expect(Object.fromEntries(query ?? [])).toEqual({
      ...{ tenant: 'a', prompt: 'none', access_type: 'offline', response_type: 'code', client_id: 'mooring' },
      ...{ redirect_uri: OURS, scope: 'openid email', code_challenge_method: 'S256' },
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^\w{32}$/),
      state: expect.stringMatching(/^\w{32}$/),
    });
    expect(headers).toMatchObject({ 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' });
    expect(headers.accept).toContain('text/html');
    expect(headers.cookie).toBeUndefined();
  });

  const to = (location: string) => (_asked: Asked, response: ServerResponse) =>
    void response.writeHead(302, { location }).end();
  const page =
    (status: number, body = '') =>
    (_asked: Asked, response: ServerResponse) =>
      void response.writeHead(status).end(body);
  const toOwn = (response: ServerResponse, location: (own: string) => string) =>
    void response.writeHead(302, { location: location(provider.issuer) }).end();
  /** Sends the browser back by any status. */
  const backBy = (status: number, { query }: Asked, response: ServerResponse, written = OURS) => {
    const parameters = new URLSearchParams({ state: query.get('state') ?? '', error: 'login_required' });
    response.writeHead(status, { location: `${written}?${parameters.toString()}` }).end();
  };
  it.each<[string, Handler, string, number]>([
    ['a redirect loop', to('/authorize'), 'SKIPPED', 8],
    ['10 MB', page(200, 'x'.repeat(10_000_000)), 'SKIPPED', 2],
    ['HTML', page(200, '<p>private</p>'), 'SKIPPED', 2],
    ['204', page(204), 'SKIPPED', 2],
    ['429', page(429), 'SKIPPED', 2],
    ['503', page(503), 'SKIPPED', 2],
    ['404', page(404), 'FAILED', 1],
    ['422', page(422), 'FAILED', 1],
    ['a redirect to a link-local address', to('http://169.254.169.254/latest/meta-data'), 'SKIPPED', 2],
    ['a redirect to a loopback address', to('http://127.0.0.1:9/admin'), 'SKIPPED', 2],
    ['a Location that is no URL', to('http://[:::/'), 'SKIPPED', 2],
    ['a Location of another scheme', to('javascript:alert(1)?error=x'), 'SKIPPED', 2],
    ['a redirect without a Location', page(302), 'SKIPPED', 2],
    ['userinfo in a URL of its own', to('http://a:b@localhost/'), 'SKIPPED', 2],
    ['userinfo in our address', to('https://a:b@mooring.example/c/oidc/callback?error=login_required'), 'SKIPPED', 2],
    ['another path of ours', to('https://mooring.example/c/oidc/callback/x'), 'SKIPPED', 2],
    ['an error in the fragment', to('/#/failure?error=invalid_request'), 'FAILED', 1],
    ["Google's error page", to('https://accounts.example/signin/oauth/error?authError=Cg9vdXRo'), 'FAILED', 1],
    ['an error page that asks for a login', to('https://a.example/login?error=login_required'), 'SKIPPED', 2],
    ['our address with another state', (a, r) => back(a, r, { state: 'other', error: 'login_required' }), 'SKIPPED', 1],
    ['another issuer', (a, r) => back(a, r, { iss: 'https://a.example', error: 'login_required' }), 'SKIPPED', 1],
    ['an address of another kind in its origin', (_a, r) => toOwn(r, (own) => `blob:${own}/authorize`), 'SKIPPED', 2],
    ['userinfo in its own origin', (_a, r) => toOwn(r, (own) => own.replace('//', '//a:b@')), 'SKIPPED', 2],
    ['its origin with a dot more', (_a, r) => toOwn(r, (own) => own.replace('localhost', 'localhost.')), 'SKIPPED', 2],
    ['an IPv6 form of a metadata address', to('http://[::ffff:a9fe:a9fe]/latest/meta-data'), 'SKIPPED', 2],
    ['an IPv6 loopback address', to('http://[::1]:9/'), 'SKIPPED', 2],
    [
      'our address in another encoding',
      to('https://mooring.example/c/oidc/%63allback?error=login_required'),
      'SKIPPED',
      2,
    ],
    ['our address with a dot more', to('https://mooring.example./c/oidc/callback?error=login_required'), 'SKIPPED', 2],
    ['our address without TLS', to('http://mooring.example/c/oidc/callback?error=login_required'), 'SKIPPED', 2],
    ['our address with another port', to('https://mooring.example:444/c/oidc/callback'), 'SKIPPED', 2],
    ['our address in a status that browsers do not follow', (a, r) => backBy(304, a, r), 'SKIPPED', 2],
    [
      'several addresses',
      (_a, r) =>
        void r
          .writeHead(
            302,
            [
              ['location', OURS],
              ['location', '/x'],
            ].flat(),
          )
          .end(),
      'SKIPPED',
      2,
    ],
    ['our address under 201', (a, r) => backBy(201, a, r), 'SKIPPED', 2],
    ['an error without a name', to('https://a.example/?error='), 'SKIPPED', 2],
    ['an error in JSON', page(200, '{"error":"invalid_redirect_uri"}'), 'SKIPPED', 2],
    ['a page that sends itself back', page(200, `<form method="post" action="${OURS}">`), 'SKIPPED', 2],
    ['a page that leads on', page(200, '<meta http-equiv="refresh" content="0;url=/private">'), 'SKIPPED', 2],
    ['401', page(401, '{"error":"invalid_client"}'), 'SKIPPED', 2],
    ['405', page(405), 'SKIPPED', 2],
    ['410', page(410), 'SKIPPED', 2],
    [
      'a compressed answer that is none',
      (_a, r) => void r.writeHead(200, { 'content-encoding': 'gzip' }).end('x'),
      'SKIPPED',
      2,
    ],
    ['a code', (a, r) => back(a, r, { code: 'private' }), 'PASSED', 1],
    ['an error of the moment', (a, r) => back(a, r, { error: 'temporarily_unavailable' }), 'PASSED', 1],
  ])('is not misled by %s', async (_what, handler, status, questions) => {
    answer(handler);
    const { of, checks } = await provider.inspect();
    expect([of('REDIRECT_URI').status, provider.at(AUTHORIZE).length]).toEqual([status, questions]);
    expect(JSON.stringify(checks)).not.toMatch(/private|Cg9vdXRo|right client secret/);
  });

  it.each([301, 302, 303, 307, 308])('takes every redirect that browsers follow: %d', async (status) => {
    answer((asked, response) => backBy(status, asked, response));
    expect((await provider.inspect()).of('REDIRECT_URI').status).toBe('PASSED');
  });

  it('knows our address however it is written', async () => {
    const written = 'HTTPS://Mooring.EXAMPLE:443/x/../c/./oidc/callback';
    answer((asked, response) => backBy(302, asked, response, written));
    expect((await provider.inspect()).of('REDIRECT_URI').status).toBe('PASSED');
  });

  it.each([
    ['ours', (uri: string) => uri === OURS],
    ['both', () => true],
  ])('takes no page for a refusal that needs a cookie of the page before: %s', async (_what, needsCookie) => {
    provider.handlers.set(AUTHORIZE, ({ query }, response) => {
      if (!needsCookie(query.get('redirect_uri') ?? '')) return void response.writeHead(400).end();
      response.writeHead(302, { location: '/hop/1', 'set-cookie': 'session=1' }).end();
    });
    provider.handlers.set('/hop/1', (_asked, response) => void response.writeHead(400).end('no cookie'));
    const { status, detail } = (await provider.inspect()).of('REDIRECT_URI');
    expect([status, detail]).toEqual(['SKIPPED', expect.stringContaining('cookie')]);
    expect(provider.at(AUTHORIZE)).toHaveLength(1);
    expect(provider.asked.every(({ headers }) => headers.cookie === undefined)).toBe(true);
  });

  it.each([
    ['another page', 200, 'HTTP 200'],
    ['trouble', 503, 'HTTP 503'],
  ])('says what it saw where another redirect URI leads to %s', async (_what, status, seen) => {
    answer(({ path, query }, response) => {
      if (path === '/hop/1') return void response.writeHead(status).end();
      if (query.get('redirect_uri') === OURS) return void response.end();
      response.writeHead(302, { location: '/hop/1' }).end();
    });
    const { status: found, detail } = (await provider.inspect()).of('REDIRECT_URI');
    expect([found, detail]).toEqual(['SKIPPED', expect.stringMatching(new RegExp(`HTTP 200.*${seen}`))]);
  });

  it('reads an answer that comes back in the fragment', async () => {
    answer((asked, response) => to(`${OURS}#state=${asked.query.get('state')}&error=invalid_scope`)(asked, response));
    expect((await provider.inspect()).of('SCOPES').status).toBe('FAILED');
  });

  it('does not wait for silence', async () => {
    answer(() => undefined);
    const { of } = await provider.inspect({}, 300);
    expect(of('REDIRECT_URI')).toMatchObject({ status: 'SKIPPED', detail: expect.stringContaining('timeout') });
    expect(provider.at(AUTHORIZE)).toHaveLength(1);
  });

  it.each([
    ['every redirect URI, and not for the document', () => 403, 200, 'FAILED'],
    ['ours only', (uri: string) => (uri === OURS ? 403 : 200), 200, 'SKIPPED'],
    ['everything that looks like a browser', () => 403, 403, 'SKIPPED'],
  ])('takes 403 for %s as %s', async (_what, statusFor, ofDocument, status) => {
    answer((asked, response) => void response.writeHead(statusFor(asked.query.get('redirect_uri') ?? '')).end());
    const isBrowser = ({ headers }: Asked) => headers['sec-fetch-mode'] === 'navigate';
    provider.forbidden = (asked) => ofDocument === 403 && isBrowser(asked);
    expect((await provider.inspect()).of('REDIRECT_URI').status).toBe(status);
    expect(provider.at(AUTHORIZE)).toHaveLength(2);
  });

  it("names the scope that the provider refuses, in the provider's words, and what to take out", async () => {
    const description = `offline_access is not allowed <b>\u202e${'x'.repeat(1000)}`;
    answer((asked, response) => back(asked, response, { error: 'invalid_scope', error_description: description }));
    const { status, detail, remedy } = (await provider.inspect({ scopes: ['openid', 'email', 'offline_access'] })).of(
      'SCOPES',
    );
    expect([status, remedy]).toEqual(['FAILED', expect.stringContaining('Remove offline_access from the scope')]);
    expect(detail).toContain(`invalid_scope, in the provider's words "offline_access is not allowed ?b??`);
    expect(detail.length).toBeLessThan(400);
  });

  it.each(['unauthorized_client', 'unsupported_response_type'])('fails the code flow for %s', async (error) => {
    answer((asked, response) => back(asked, response, { error }));
    provider.document = { response_types_supported: ['code'] };
    const { of } = await provider.inspect();
    expect([of('REDIRECT_URI').status, of('AUTHORIZATION_CODE_FLOW').status]).toEqual(['PASSED', 'FAILED']);
  });

  it.each([
    ['invalid_request', /Register exactly the redirect URI/],
    ['invalid_client', /Compare the client id/],
    ['unauthorized_client', /allow the code flow/],
    ['invalid_scope', /Correct the scope/],
    ['server_error', /log of the provider/],
    ['temporarily_unavailable', /log of the provider/],
  ])('has its own remedy for an error page with %s', async (error, remedy) => {
    answer(to(`https://errors.example/?error=${error}`));
    const found = (await provider.inspect()).of('REDIRECT_URI');
    expect([found.status, found.remedy]).toEqual(['FAILED', expect.stringMatching(remedy)]);
  });

  it('does not quote the client secret where the provider sends it back', async () => {
    const description = 'the secret of mooring is right+client+secret';
    answer((asked, response) => back(asked, response, { error: 'invalid_scope', error_description: description }));
    provider.handlers.set('/token', (asked, response) =>
      json(
        response,
        { error: `Invalid client: ${asked.headers.authorization ?? asked.form.get('client_secret')}` },
        401,
      ),
    );
    const { checks, of } = await provider.inspect();
    expect([of('SCOPES').status, of('CLIENT_CREDENTIALS').status]).toEqual(['FAILED', 'FAILED']);
    const basic = Buffer.from('mooring:right+client+secret').toString('base64');
    expect(JSON.stringify(checks)).not.toMatch(new RegExp(`right.client|${basic.slice(8, 24)}`));
  });
});
