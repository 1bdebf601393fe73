import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Browser } from '../support/browser.js';
import { CREATE_TOKEN, LOGIN, ME } from '../support/documents.js';
import { ServerFolder } from '../support/server-folder.js';
import { ServerProcess } from '../support/server-process.js';
import { answeringWorkers, endOf, onNewConnection, startWithWorkers, workersOf } from '../support/workers.js';

const AT_ONCE = 100;
const LANES = 4;

describe('A server with two workers', () => {
  let folder: ServerFolder;
  beforeEach(async () => (folder = await ServerFolder.create()));
  afterEach(() => folder.remove());

  const live = async ({ url }: ServerProcess) => (await onNewConnection(`${url}/health/live`)).status;
  const send = async (url: string, query: string, variables: object, headers: object, via = new Browser()) => {
    const init = { method: 'POST', body: JSON.stringify({ query, variables }) };
    const page = await via.fetch(`${url}/graphql`, {
      ...init,
      headers: { 'content-type': 'application/json', origin: url, connection: 'close', ...headers },
    });
    return JSON.parse(page.text);
  };
  const asAdmin = async () => ({
    authorization: `Basic ${Buffer.from(`admin:${await folder.adminPassword()}`).toString('base64')}`,
  });
  const metricsToken = async (server: ServerProcess) => {
    const input = { name: 'metrics', role: 'METRICS' };
    const { data } = await send(server.url, CREATE_TOKEN, { input }, await asAdmin());
    return data.createServiceToken.token as string;
  };
  const countOf = async (server: ServerProcess, token: string, route: string) => {
    const page = await onNewConnection(`${server.url}/metrics`, { headers: { authorization: `Bearer ${token}` } });
    const [, count] =
      new RegExp(`^mooring_requests_total\\{route="${route}"\\} (\\d+)$`, 'm').exec(await page.text()) ?? [];
    return Number(count);
  };

  it('makes one installation, serves one port with both, and says so once; a login at one holds at the other', async () => {
    const server = await startWithWorkers(folder);
    expect(await workersOf(server)).toHaveLength(2);
    expect(server.output.split('Mooring listens on port')).toHaveLength(2);
    expect(server.output.split('admin-password')).toHaveLength(2);
    const browser = new Browser();
    const input = { username: 'admin', password: await folder.adminPassword() };
    expect((await send(server.url, LOGIN, { input }, {}, browser)).data.login.user.username).toBe('admin');
    for (let request = 0; request < LANES || answeringWorkers(server).length < 2; request++) {
      expect((await send(server.url, ME, {}, {}, browser)).data.me.username).toBe('admin');
    }
    expect(answeringWorkers(server)).toEqual([1, 2]);
    await server.end('SIGTERM');
    expect(server.process.exitCode).toBe(0);
  });

  it('takes writes of both at the same moment: none of a hundred fails', async () => {
    const server = await startWithWorkers(folder);
    const admin = await asAdmin();
    const answers = await Promise.all(
      Array.from({ length: AT_ONCE }, (_, index) =>
        send(server.url, CREATE_TOKEN, { input: { name: `token ${index}`, role: 'VERIFIER' } }, admin),
      ),
    );
    expect(answers.filter(({ data }) => !data?.createServiceToken)).toEqual([]);
    expect(answeringWorkers(server)).toEqual([1, 2]);
    await server.end('SIGTERM');
  });

  it('replaces one that is killed, while the other answers; what both have counted stays counted', async () => {
    const server = await startWithWorkers(folder);
    const token = await metricsToken(server);
    for (let request = 0; request < AT_ONCE; request++) await live(server);
    expect(await countOf(server, token, '/health/live')).toBe(AT_ONCE);
    const [killed = 0, other = 0] = await workersOf(server);
    process.kill(killed, 'SIGKILL');
    await server.says('ended (SIGKILL); another one is started.');
    do expect(await live(server)).toBe(200);
    while ((await workersOf(server)).filter((pid) => pid !== killed && pid !== other).length === 0);
    expect(await countOf(server, token, '/health/live')).toBeGreaterThanOrEqual(AT_ONCE);
    await server.end('SIGTERM');
    expect(server.process.exitCode).toBe(0);
  });

  it('restarts them one by one at SIGHUP, and no client notices', async () => {
    const server = await startWithWorkers(folder);
    const before = await workersOf(server);
    const failures: unknown[] = [];
    let isOver = false;
    const lanes = Array.from({ length: LANES }, async (_, lane) => {
      while (!isOver) {
        const send = lane % 2 === 0 ? fetch : onNewConnection;
        const status = await send(`${server.url}/health/ready`).then((answer) => answer.status, String);
        if (status !== 200) failures.push(status);
      }
    });
    server.process.kill('SIGHUP');
    await server.says('All 2 workers were restarted.');
    isOver = true;
    await Promise.all(lanes);
    expect(failures).toEqual([]);
    const after = await workersOf(server);
    expect([after.length, after.filter((pid) => before.includes(pid))]).toEqual([2, []]);
    await server.end('SIGTERM');
    expect(server.process.exitCode).toBe(0);
  });

  it('leaves no worker when its first process is killed, and the next server starts', async () => {
    const server = await startWithWorkers(folder);
    const workers = await workersOf(server);
    await server.end('SIGKILL');
    await Promise.all(workers.map(endOf));
    const next = await startWithWorkers(folder, { PORT: new URL(server.url).port });
    await next.end('SIGTERM');
  });

  it('ends with the sentence of its first worker where that can not start', async () => {
    const server = await startWithWorkers(folder);
    await server.end('SIGTERM');
    const other = await folder.start({ WORKERS: '2', ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64') });
    expect(await other.exit()).toBe(1);
    expect(other.output.split('The encryption key is not the one')).toHaveLength(2);
    expect(other.output).not.toContain('    at ');
  });
});
