import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CREATE_TOKEN } from './support/documents.js';
import { Nginx } from './support/nginx.js';
import { OidcScenario } from './support/oidc-scenario.js';
import { PathHandling } from './support/path-proxy.js';
import { SiteBelowPath } from './support/site-below-path.js';

const PATH = '/tools/mooring';
const HEADERS = 'proxy_set_header Host $http_host; proxy_set_header X-Forwarded-For $remote_addr;';
const locationsOf = (handling: PathHandling, serverPort: number) => `
    location ${PATH}/ { proxy_pass http://127.0.0.1:${serverPort}${handling === 'REMOVED' ? '/' : ''}; ${HEADERS} }
    location / { return 404 "a neighbour"; }`;

/** An address, how it is asked, and what it answers: its status, and words of its body. */
type Row = readonly [path: string, request: RequestInit, status: number, says: RegExp];
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const AS_METRICS = { headers: { authorization: 'METRICS' } };
const ROWS: Row[] = [
  ['/c/oidc/frontchannel-logout?iss=ISSUER&sid=one', {}, 200, /^<!doctype html>/],
  ['/c/oidc/frontchannel-logout', {}, 400, /must name the issuer \(iss\)/],
  [
    '/c/oidc/backchannel-logout',
    { method: 'POST', headers: FORM, body: 'logout_token=x' },
    400,
    /"error":"invalid_request"/,
  ],
  ['/c/oidc/backchannel-logout', { method: 'POST', headers: FORM }, 400, /"error":"invalid_request"/],
  ['/oidc/client-jwks.json', {}, 200, /^\{"keys":\[/],
  ['/.well-known/jwks.json', {}, 200, /^\{"keys":\[\{/],
  ['/service/token?service=registry', {}, 200, /"token":"eyJ/],
  ['/service/token?service=other', {}, 400, /"errors":/],
  ['/service/certificate', {}, 200, /^-----BEGIN CERTIFICATE-----/],
  ['/service/certificate/other', {}, 404, /\/service\/certificate/],
  ['/metrics', {}, 401, /"code":"UNAUTHENTICATED"/],
  ['/metrics', AS_METRICS, 200, /^# (HELP|TYPE) /m],
  ['/health/live', {}, 200, /"status":"live"/],
  ['/health/ready', {}, 200, /"status":"ready"/],
];

describe.each<PathHandling>(['REMOVED', 'KEPT'])('Below a path that nginx has %s', (handling) => {
  let site: SiteBelowPath;
  let scenario: OidcScenario<SiteBelowPath>;
  let metrics: string;
  beforeAll(async () => {
    site = await SiteBelowPath.start(PATH, ({ port, serverPort }) =>
      Nginx.start(port, locationsOf(handling, serverPort)),
    );
    scenario = await OidcScenario.at(site);
    const { data } = await site.ask(site.admin, CREATE_TOKEN, { input: { name: 'metrics', role: 'METRICS' } });
    metrics = data.createServiceToken.token;
  });
  afterAll(() => scenario.close());

  const ask = async (url: string, request: RequestInit) => {
    const headers = request === AS_METRICS ? { authorization: `Bearer ${metrics}` } : request.headers;
    const answer = await fetch(url, { redirect: 'manual', ...request, headers });
    return { status: answer.status, text: await answer.text() };
  };

  it.each(ROWS)('%s (%j) answers %d', async (path, request, status, says) => {
    const { status: answered, text } = await ask(site.url + path.replace('ISSUER', scenario.provider.issuer), request);
    expect([answered, text]).toEqual([status, expect.stringMatching(says)]);
  });

  it.each([...new Set(ROWS.map(([path]) => path.split('?')[0] ?? ''))])(
    '%s without the path is a neighbour',
    async (path) => {
      expect(await ask(site.origin + path, {})).toEqual({ status: 404, text: 'a neighbour' });
    },
  );
});
