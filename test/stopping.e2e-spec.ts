import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { CREATE_TOKEN } from './support/documents.js';
import { databaseVariables } from './support/fresh-database.js';
import { freePort } from './support/free-port.js';
import { HalfSent } from './support/half-sent.js';
import { ServerFolder } from './support/server-folder.js';
import { Supervised } from './support/supervised.js';

const GRACE_SECONDS = 60;
const LOOK_AGAIN_MS = 20;
const SERVER = [process.execPath, resolve('dist/src/main.js')];
/** As in a container: a process that is PID 1 ignores each signal that it has not asked for (pid_namespaces(7)). */
const AS_PID_1 = ['unshare', '--pid', '--fork', '--kill-child', '--mount-proc', '--'];
/** Passes SIGTERM on to PID 1 of the namespace, as a container runtime does; the process outside is its parent. */
const IN_CONTAINER = `
  const { spawn } = require('node:child_process');
  const { readFileSync } = require('node:fs');
  const child = spawn(process.argv[1], process.argv.slice(2), { stdio: 'inherit' });
  const childrenOf = (pid) => readFileSync('/proc/' + pid + '/task/' + pid + '/children', 'utf8').trim().split(' ');
  process.on('SIGTERM', () => childrenOf(child.pid).forEach((pid) => process.kill(Number(pid), 'SIGTERM')));
  child.on('exit', (code) => process.exit(code ?? 99));`;
const mayUnshare = spawnSync('unshare', [...AS_PID_1.slice(1), 'true']).status === 0;

describe('A supervisor that sends SIGTERM to what it has started', () => {
  let folder: ServerFolder;
  let supervised: Supervised | undefined;
  beforeEach(async () => (folder = await ServerFolder.create()));
  afterEach(async () => {
    supervised?.kill();
    await folder.remove();
  });

  const start = async (line: readonly string[]) => {
    const url = `http://localhost:${await freePort()}`;
    const place = { PORT: new URL(url).port, HOST: '127.0.0.1', DATA_DIR: folder.path };
    supervised = Supervised.start(line, { ...place, ...(await databaseVariables(folder.path)) });
    return { url, started: await supervised.ready(url) };
  };
  it.each([
    ['node', SERVER],
    ['mooring start', [process.execPath, resolve('dist/src/mooring.js'), 'start']],
    ['npm start', ['npm', 'start']],
    ['two workers', ['env', 'WORKERS=2', ...SERVER]],
    ...(mayUnshare
      ? [['PID 1 of a container', [process.execPath, '-e', IN_CONTAINER, ...AS_PID_1, ...SERVER]] as const]
      : []),
  ])('sees it end with 0, leave nobody over, and answer what is under way: %s', async (_name, line) => {
    const { url, started } = await start(line);
    const password = await folder.adminPassword();
    const bodies = ['one', 'two'].map((name) =>
      JSON.stringify({ query: CREATE_TOKEN, variables: { input: { name, role: 'VERIFIER' } } }),
    );
    const underWay = await Promise.all(bodies.map((body) => HalfSent.begin(url, password, body)));
    const ended = started.stop('SIGTERM', GRACE_SECONDS);
    while (await fetch(`${url}/health/live`).then(Boolean, () => false)) await pause(LOOK_AGAIN_MS);
    for (const one of underWay) expect(await one.end()).toMatch(/^HTTP\/1\.1 200 .*"createServiceToken":\{/s);
    expect(await ended).toEqual({ code: 0, signal: null, leftOver: [], wasKilled: false });
  });

  it('kills a server that hangs, with all that it has started, and the next one starts', async () => {
    const { started } = await start(['npm', 'start']);
    process.kill(-(started.process.pid ?? NaN), 'SIGSTOP');
    expect(await started.stop('SIGTERM', 0)).toMatchObject({ signal: 'SIGKILL', leftOver: [], wasKilled: true });
    const next = await start(SERVER);
    expect(await next.started.stop('SIGTERM', GRACE_SECONDS)).toMatchObject({ code: 0, leftOver: [] });
  });
});
