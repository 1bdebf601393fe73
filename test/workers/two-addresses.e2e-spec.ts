import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { Agent, get, IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CREATE_TOKEN } from '../support/documents.js';
import { HalfSent } from '../support/half-sent.js';
import { ServerFolder } from '../support/server-folder.js';
import { ServerProcess } from '../support/server-process.js';

const FIRST = '127.0.0.1';
const SECOND = '::1';
const ADDRESSES = [FIRST, SECOND];
const TWO_ADDRESSES = `--import=${join(import.meta.dirname, '../support/two-addresses.js')}`;
/** Connections go to the workers by turns, at each address. */
const WORKERS = 2;
const LOOK_AGAIN_MS = 20;

describe('A server that listens on both addresses of localhost', () => {
  let folder: ServerFolder;
  let agent: Agent;
  beforeEach(async () => {
    folder = await ServerFolder.create();
    agent = new Agent({ keepAlive: true });
  });
  afterEach(async () => {
    agent.destroy();
    await folder.remove();
  });

  const start = async (count: number) => {
    const variables = { HOST: 'localhost', WORKERS: String(count), NODE_OPTIONS: TWO_ADDRESSES, LOG_LEVEL: 'debug' };
    const server = await folder.start(variables);
    await server.says(count > 1 ? `with ${count} workers` : 'Mooring listens on port');
    return server;
  };
  const portOf = ({ url }: ServerProcess) => Number(new URL(url).port);
  /** The status of an answer, or the error. */
  const statusOf = (server: ServerProcess, host: string, via?: Agent) =>
    new Promise((resolve) => {
      const place = { host, port: portOf(server), path: '/health/ready', agent: via ?? false };
      const request = get(place, (answer: IncomingMessage) =>
        answer.resume().once('end', () => resolve(answer.statusCode)),
      );
      request.once('error', resolve);
    });
  /** A connection that has had an answer, and is kept. */
  const idleConnection = async (server: ServerProcess, host: string) => {
    const socket = connect(portOf(server), host);
    socket.write(`GET /health/live HTTP/1.1\r\nhost: ${new URL(server.url).host}\r\n\r\n`);
    expect(String(((await once(socket, 'data')) as [Buffer])[0])).toMatch(/^HTTP\/1\.1 200 /);
    return { host, closed: once(socket.resume(), 'close') };
  };
  const allOf = <Made>(count: number, make: (host: string, index: number) => Promise<Made>) =>
    Promise.all(ADDRESSES.flatMap((host) => Array.from({ length: count }, (_, index) => make(host, index))));
  const halfSentAt = async (server: ServerProcess, count: number) => {
    const password = await folder.adminPassword();
    return allOf(count, async (host, index) => {
      const input = { name: `${host} ${index}`, role: 'VERIFIER' };
      const body = JSON.stringify({ query: CREATE_TOKEN, variables: { input } });
      return { host, request: await HalfSent.begin(server.url, password, body, host) };
    });
  };
  type UnderWay = Awaited<ReturnType<typeof halfSentAt>>;
  const end = async (underWay: UnderWay, at: string) => {
    for (const { host, request } of underWay) {
      if (host === at) expect(await request.end()).toMatch(/^HTTP\/1\.1 200 .*"createServiceToken":\{/s);
    }
  };

  it('loses no request at either one when its workers are restarted', async () => {
    const server = await start(WORKERS);
    const failures: unknown[] = [];
    let isOver = false;
    const lanes = allOf(2, async (host, index) => {
      while (!isOver) {
        const status = await statusOf(server, host, index === 0 ? agent : undefined);
        if (status !== 200) failures.push({ host, status });
      }
    });
    server.process.kill('SIGHUP');
    await server.says('All 2 workers were restarted.');
    isOver = true;
    await lanes;
    expect(failures).toEqual([]);
    await server.end('SIGTERM');
    expect(server.process.exitCode).toBe(0);
  });

  it('answers what is under way at both in a worker that is restarted', async () => {
    const server = await start(WORKERS);
    const idle = await allOf(WORKERS, (host) => idleConnection(server, host));
    const underWay = await halfSentAt(server, WORKERS);
    const closedAt = (at: string) => Promise.race(idle.filter(({ host }) => host === at).map(({ closed }) => closed));
    server.process.kill('SIGHUP');
    await closedAt(FIRST);
    await end(underWay, FIRST);
    await closedAt(SECOND);
    for (const host of ADDRESSES) expect(await statusOf(server, host)).toBe(200);
    await end(underWay, SECOND);
    await server.says('All 2 workers were restarted.');
    await server.end('SIGTERM');
    expect(server.process.exitCode).toBe(0);
  });

  it.each([1, WORKERS])('answers what is under way at both before it ends, with so many workers: %i', async (count) => {
    const server = await start(count);
    const underWay = await halfSentAt(server, count);
    server.process.kill('SIGTERM');
    await end(underWay, FIRST);
    while ((await statusOf(server, SECOND)) === 200) await pause(LOOK_AGAIN_MS);
    await end(underWay, SECOND);
    await server.exit();
    expect(server.process.exitCode).toBe(0);
  });
});
