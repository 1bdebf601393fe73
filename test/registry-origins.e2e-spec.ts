import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestApp } from './support/app.js';

const UI = 'https://ui.example.com';

describe('A script in a browser that asks for a registry token', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await TestApp.start();
    expect((await app.configure({ registryUiOrigins: [UI, 'http://localhost:8081'] })).code).toBeUndefined();
  });
  afterAll(() => app.stop());

  const ask = (origin: string | undefined, init: RequestInit = {}, path = '/service/token?service=registry') =>
    fetch(`${app.url}${path}`, { ...init, headers: { ...init.headers, ...(origin !== undefined && { origin }) } });
  const preflight = (origin: string) =>
    ask(origin, {
      method: 'OPTIONS',
      headers: { 'access-control-request-method': 'GET', 'access-control-request-headers': 'authorization' },
    });

  it('may, from an origin of the setting, with and without a preflight', async () => {
    const before = await preflight(UI);
    expect([before.status, Object.fromEntries(before.headers)]).toEqual([
      204,
      expect.objectContaining({
        'access-control-allow-origin': UI,
        'access-control-allow-methods': 'GET, POST',
        'access-control-allow-headers': 'authorization, content-type',
        vary: expect.stringContaining('Origin'),
      }),
    ]);
    const answer = await ask(UI);
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, UI]);
  });

  it('reads refusals, too', async () => {
    const answer = await ask(UI, { headers: { authorization: 'Basic bGluOndyb25n' } });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([401, UI]);
    expect(answer.headers.get('access-control-expose-headers')).toContain('WWW-Authenticate');
  });

  it.each([
    ...[
      'https://other.example.com',
      'http://ui.example.com',
      `${UI}:8443`,
      `${UI}.example.net`,
      'https://UI.example.com',
    ],
    ...['null', '', '*', `${UI}, ${UI}`, `${UI}/`],
  ])('may not from %j', async (origin) => {
    for (const answer of [await ask(origin), await preflight(origin)]) {
      expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
      expect(answer.headers.get('vary')).toContain('Origin');
    }
  });

  it('may never with cookies, and asks nothing else', async () => {
    expect((await preflight(UI)).headers.has('access-control-allow-credentials')).toBe(false);
    for (const path of ['/service/certificate', '/.well-known/jwks.json', '/health/ready', '/']) {
      expect([path, (await ask(UI, {}, path)).headers.has('access-control-allow-origin')]).toEqual([path, false]);
    }
    const body = JSON.stringify({ query: '{ __typename }' });
    const headers = { 'content-type': 'application/json' };
    const answer = await ask(UI, { method: 'POST', body, headers }, '/graphql');
    expect(answer.headers.has('access-control-allow-origin')).toBe(false);
  });

  it.each([
    ...['*', 'null', 'https://*.example.com', 'ui.example.com', `${UI}/`, `${UI}/path`, 'https://u:p@ui.example.com'],
    ...[
      'ftp://ui.example.com',
      'https://UI.example.com',
      'https://ui.example.com:443',
      '',
      ' ',
      `https://${'a'.repeat(300)}.example`,
    ],
  ])('is not allowed by the setting %j, which changes nothing', async (origin) => {
    expect((await app.configure({ registryUiOrigins: [origin] })).code).toBe('BAD_USER_INPUT');
    expect((await ask(UI)).headers.get('access-control-allow-origin')).toBe(UI);
  });
});
