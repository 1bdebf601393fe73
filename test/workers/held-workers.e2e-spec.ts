import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CREATE_TOKEN } from '../support/documents.js';
import { HalfSent } from '../support/half-sent.js';
import { ServerFolder } from '../support/server-folder.js';
import { ServerProcess } from '../support/server-process.js';
import { endOf, startWithWorkers, workersOf } from '../support/workers.js';

const HURRIED = `--import=${join(import.meta.dirname, '../support/hurried.js')}`;
const LOOK_AGAIN_MS = 20;
/** Shorter waits, see `docs/limits.md`: for workers to end, and between two questions to one. */
const [SOON, OFTEN] = ['9500=300', '5000=1000'];
const BODY = JSON.stringify({ query: CREATE_TOKEN, variables: { input: { name: 'held', role: 'VERIFIER' } } });

describe('A server one of whose workers holds', () => {
  let folder: ServerFolder;
  beforeEach(async () => (folder = await ServerFolder.create()));
  afterEach(() => folder.remove());

  const start = (waits: string) => startWithWorkers(folder, { NODE_OPTIONS: HURRIED, HURRIED: waits });
  const refusesConnections = async ({ url }: ServerProcess) => {
    while (await fetch(`${url}/health/live`).then(Boolean, () => false)) await pause(LOOK_AGAIN_MS);
  };

  it('replaces one that hangs, says so once, and leaves the other as it is', async () => {
    const server = await start(OFTEN);
    const [hanging = 0, other = 0] = await workersOf(server);
    process.kill(hanging, 'SIGSTOP');
    await server.says('ended (SIGKILL); another one is started.');
    while ((await workersOf(server)).filter((pid) => pid !== hanging).length < 2) await pause(LOOK_AGAIN_MS);
    expect(await workersOf(server)).toContain(other);
    expect(server.output.split('has not answered for 30 seconds; it is killed.')).toHaveLength(2);
    await server.end('SIGTERM');
    expect(server.process.exitCode).toBe(0);
  });

  it('closes the connection that it was given and never took, when it is killed', async () => {
    const server = await startWithWorkers(folder);
    const [hanging = 0] = await workersOf(server);
    process.kill(hanging, 'SIGSTOP');
    const { port, host } = new URL(server.url);
    const ask = async () => {
      const socket = connect(Number(port), '127.0.0.1');
      socket.write(`GET /health/live HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`);
      let isAnswered = false;
      socket.once('data', () => (isAnswered = true));
      await new Promise((closed) => socket.on('error', () => undefined).once('close', closed));
      return isAnswered;
    };
    // One goes to the worker that hangs, which is given no further one before it has taken it.
    const asked = Array.from({ length: 4 }, ask);
    let answered = 0;
    for (const one of asked) void one.then((isAnswered) => (answered += Number(isAnswered)));
    while (answered < asked.length - 1) await pause(LOOK_AGAIN_MS);
    process.kill(hanging, 'SIGKILL');
    expect((await Promise.all(asked)).filter((isAnswered) => !isAnswered)).toHaveLength(1);
    await server.end('SIGTERM');
    expect(server.process.exitCode).toBe(0);
  });

  it('kills it some seconds after SIGTERM, and exits with 1', async () => {
    const server = await start(SOON);
    const workers = await workersOf(server);
    process.kill(workers[0] ?? 0, 'SIGSTOP');
    await server.end('SIGTERM');
    expect(server.process.exitCode).toBe(1);
    await Promise.all(workers.map(endOf));
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('ends at once with 1 at the second signal: %s', async (signal) => {
    const server = await startWithWorkers(folder);
    const workers = await workersOf(server);
    const held = await HalfSent.begin(server.url, await folder.adminPassword(), BODY);
    server.process.kill(signal);
    await refusesConnections(server);
    expect(server.isRunning).toBe(true);
    await server.end(signal);
    expect(server.process.exitCode).toBe(1);
    expect(await held.end().catch(String)).not.toContain('200 OK');
    await Promise.all(workers.map(endOf));
  });
});

describe('A server whose workers cannot start any more', () => {
  let folder: ServerFolder;
  beforeEach(async () => (folder = await ServerFolder.create()));
  afterEach(() => folder.remove());

  it('ends with 1 after five failed starts in a row, and says so', async () => {
    const server = await startWithWorkers(folder);
    await writeFile(join(folder.path, 'encryption.key'), randomBytes(32).toString('base64'));
    for (const worker of await workersOf(server)) process.kill(worker, 'SIGKILL');
    expect(await server.exit()).toBe(1);
    expect(server.output).toContain('No worker could be started: see what each of them has said above.');
    expect(server.output).toContain('The encryption key is not the one that the database was encrypted with.');
    // Each start but the last was followed by another one; a worker that was killed may have lived long enough not to count.
    expect(server.output.split('another one is started').length).toBeGreaterThanOrEqual(5);
    const live = fetch(`${server.url}/health/live`).then(() => 'answered');
    await expect(live).rejects.toThrow();
  });
});
