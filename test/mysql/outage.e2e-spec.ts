import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { createConnection } from 'mysql2/promise';
import { readEnvironment } from '../../src/config/env.js';
import { openDataSource } from '../../src/database/open-data-source.js';
import { Answer, TestApp } from '../support/app.js';
import { Browser } from '../support/browser.js';
import { CONFIGURATION, LOGIN, ME } from '../support/documents.js';
import { MariaDb } from '../support/mariadb.js';

const AT_ONCE = 40;
const METRICS_TOKEN = 'a-token-of-the-operator-for-metrics';
const NOT_PATIENT = { seconds: 0, pauseMilliseconds: 1 };
const ENCRYPTION_KEY = randomBytes(32).toString('base64');

describe('While the database server is away', () => {
  let server: MariaDb;
  let app: TestApp;
  let lin: Browser;

  beforeAll(async () => (server = await MariaDb.prepare()));
  afterAll(() => server.remove());
  beforeEach(async () => {
    await server.start();
    const connection = await createConnection(server.url());
    await connection.query('CREATE DATABASE IF NOT EXISTS mooring');
    await connection.end();
    const changes = { DATABASE_URL: server.url('mooring'), ENCRYPTION_KEY, ADMIN_PASSWORD: 'Admin-password-1' };
    app = await TestApp.start({ ...changes, LOG_LEVEL: 'fatal', METRICS_TOKEN });
    lin = await app.loggedIn('admin', app.adminPassword);
  });
  afterEach(async () => {
    await app.stop();
    await server.stop();
  });

  const ready = async () => (await lin.fetch(`${app.url}/health/ready`)).status;
  const me = () => app.ask(lin, ME);
  const isServed = ({ data, code }: Answer) => code === undefined && data.me.username === 'admin';

  it('each caller is told so, in the form they can read, and served again as soon as it is back', async () => {
    await server.stop('SIGKILL');
    const answer = await me();
    expect(answer.errors[0]?.extensions).toEqual({ code: 'SERVICE_UNAVAILABLE', retryAfterSeconds: 5 });
    const login = await app.ask(new Browser(), LOGIN, { input: { username: 'admin', password: app.adminPassword } });
    expect(login.code).toBe('SERVICE_UNAVAILABLE');
    const page = await lin.fetch(`${app.url}/c/oidc/login`);
    expect([page.status, page.headers.get('retry-after')]).toEqual([503, '5']);
    expect(page.text).toContain('The database does not answer at the moment');
    expect(await ready()).toBe(503);
    expect((await lin.fetch(`${app.url}/health/live`)).status).toBe(200);
    await server.start();
    expect(await ready()).toBe(200);
    expect(isServed(await me())).toBe(true);
  });

  it('whoever is caught by its restart is served or told so, and nobody waits for ever', async () => {
    const codes = new Set<string>();
    const ask = async () => {
      const answer = await app.ask(lin, CONFIGURATION);
      codes.add(answer.code ?? 'served');
    };
    const caught = Array.from({ length: AT_ONCE }, ask);
    await server.stop('SIGKILL');
    await Promise.all([...caught, ...Array.from({ length: AT_ONCE }, ask)]);
    expect([...codes].filter((code) => !['served', 'SERVICE_UNAVAILABLE'].includes(code))).toEqual([]);
    expect(codes).toContain('SERVICE_UNAVAILABLE');
    await server.start();
    const after = await Promise.all(Array.from({ length: AT_ONCE }, me));
    expect(after.every(isServed)).toBe(true);
  });

  it.each(['SIGKILL', 'SIGSTOP'] as const)('the metrics are read and say so (%s)', async (signal) => {
    const headers = { authorization: `Bearer ${METRICS_TOKEN}` };
    const isReady = async () => {
      const { status, text } = await new Browser().fetch(`${app.url}/metrics`, { headers });
      return [status, /^mooring_database_ready (\d)$/m.exec(text)?.[1]];
    };
    expect(await isReady()).toEqual([200, '1']);
    if (signal === 'SIGKILL') await server.stop(signal);
    else server.signal(signal);
    expect(await isReady()).toEqual([200, '0']);
    if (signal === 'SIGKILL') await server.start();
    else server.signal('SIGCONT');
    expect(await isReady()).toEqual([200, '1']);
  });

  it('a server that takes connections and hangs is no different', async () => {
    server.signal('SIGSTOP');
    const answers = await Promise.all(Array.from({ length: AT_ONCE }, me));
    server.signal('SIGCONT');
    expect(new Set(answers.map(({ code }) => code))).toEqual(new Set(['SERVICE_UNAVAILABLE']));
    expect(isServed(await me())).toBe(true);
  });

  it('a start waits for it, and says in the end what is wrong', async () => {
    await server.stop();
    const environment = { ...app.environment };
    await expect(openDataSource(environment, NOT_PATIENT)).rejects.toThrow(/did not answer \(\w+\)\. Start it/);
    const opening = openDataSource(environment, { seconds: 60, pauseMilliseconds: 20 });
    await server.start();
    await (await opening).destroy();
  });

  it.each([
    ['mysql://nobody:secret-1@127.0.0.1:PORT/mooring', /Check the user and the password/],
    ['mysql://root@127.0.0.1:PORT/missing', /Create the database/],
  ])('a start that is refused by it at %s says what to do, without the password', async (url, hint) => {
    const DATABASE_URL = url.replace('PORT', String(server.port));
    const environment = readEnvironment({ DATABASE_URL, ENCRYPTION_KEY });
    const failure = await openDataSource(environment, NOT_PATIENT).catch((error: Error) => error.message);
    expect(failure).toMatch(hint);
    expect(failure).not.toContain('secret-1');
  });
});
