import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OWN_FIRST_SEGMENTS } from '../src/config/public-urls.js';
import { TestApp } from './support/app.js';
import { LOGIN } from './support/documents.js';
import { sendRaw } from './support/raw-request.js';
import { routesOf } from './support/routes.js';

const PUBLIC_URL = 'https://tools.example.com/mooring';

describe('At a public URL with a path', () => {
  let app: TestApp;
  beforeAll(async () => (app = await TestApp.start({ PUBLIC_URL })));
  afterAll(() => app.stop());

  const statusOf = async (target: string) => (await sendRaw(app.url, { method: 'GET', target })).status;
  const login = (origin: string) => {
    const variables = { input: { username: 'admin', password: app.adminPassword } };
    const headers = { 'content-type': 'application/json', origin };
    const body = JSON.stringify({ query: LOGIN, variables });
    return sendRaw(app.url, { target: '/mooring/graphql', headers, body });
  };

  it.each([
    ...['/health/live', '/mooring/health/live', '/mooring/health/live?x=/mooring', '/%6dooring/health/live'],
    ...['http://tools.example.com/mooring/health/live', 'HTTP://elsewhere.example/%6Dooring/health/liv%65'],
  ])('%s leads to a route', async (target) => {
    expect(await statusOf(target)).toBe(200);
  });

  it.each([
    ...['/mooringx/health/live', '/mooring%2fhealth/live', '//mooring/health/live', '/mooring//health/live'],
    ...['/mooring/mooring/health/live', '/Mooring/health/live', '/mooring;x/health/live', '/mooring/%2fhealth/live'],
    ...['/mooring/http://x/health/live', '/x/../mooring/health/live', '/mooring/..%2fhealth/live'],
  ])('%s leads to none', async (target) => {
    expect(await statusOf(target)).not.toBe(200);
  });

  it('what can not be read is refused in our words', async () => {
    for (const target of ['/mooring/%', '/%zzooring/health', '/mooring%']) {
      const { status, body } = await sendRaw(app.url, { method: 'GET', target });
      expect([target, status, Object.keys(JSON.parse(body) as object)]).toEqual([target, 400, ['code', 'message']]);
    }
  });

  it('cookies are bound to https and to the path: no prefix binds them to a host that is shared', async () => {
    const { headers } = await login('https://tools.example.com');
    expect(headers['set-cookie']).toMatch(
      /^__Secure-mooring=[0-9A-Za-z]+; Path=\/mooring; HttpOnly; Secure; SameSite=Lax$/,
    );
  });

  it.each(['https://tools.example.com.evil.example', 'http://tools.example.com', 'https://tools.example.com:8443'])(
    'a page of %s is refused, and told where the portal is',
    async (origin) => {
      const { status, body } = await login(origin);
      expect([status, body]).toEqual([403, expect.stringContaining(`"publicUrl":"${PUBLIC_URL}"`)]);
    },
  );

  it('nothing is said about the subdomains of a host that is shared', async () => {
    const { headers } = await sendRaw(app.url, { method: 'GET', target: '/mooring/' });
    expect(headers['strict-transport-security']).toBe('max-age=31536000');
  });

  it('no route begins like a path that PUBLIC_URL may have', () => {
    const known = ['', '*', ...OWN_FIRST_SEGMENTS];
    const first = routesOf(app).map(({ path }) => path.split('/')[1] ?? '');
    expect([...new Set(first)].filter((name) => !known.includes(name))).toEqual([]);
  });
});
