import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { hostname } from 'node:os';
import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readEnvironment } from '../../src/config/env.js';
import { lockForServer } from '../../src/database/index.js';
import { mooring } from '../support/mooring-command.js';
import { ServerFolder } from '../support/server-folder.js';

const AT_ONCE = { seconds: 0, pauseMilliseconds: 0 };
const ALLOWED = { ALLOW_SECOND_SERVER: 'true' };
const HOLDS_UNTIL_KILLED = `
  const { readEnvironment } = await import(process.argv[1] + '/config/env.js');
  const { lockForServer } = await import(process.argv[1] + '/database/index.js');
  await lockForServer(readEnvironment(JSON.parse(process.argv[2])));
  console.log('held');
  setInterval(() => {}, 1000);`;

describe('A SQLite file', () => {
  let folder: ServerFolder;
  beforeEach(async () => (folder = await ServerFolder.create()));
  afterEach(() => folder.remove());

  const at = (name: string) => join(folder.path, name);
  const environmentOf = (changes: Record<string, string> = {}, file = at('mooring.db')) =>
    readEnvironment({ DATA_DIR: folder.path, DATABASE_URL: `sqlite:${file}`, ...changes });
  const lock = (changes = {}, file?: string) => lockForServer(environmentOf(changes, file), AT_ONCE);

  it('is used by one server at a time: a second one waits, says who holds it, and is refused', async () => {
    const first = await (await folder.start()).ready();
    const second = await folder.start();
    expect(await second.exit()).toBe(1);
    const holder = `Another server uses ${at('mooring.db')} (process ${first.process.pid} on ${hostname()}).`;
    expect(second.output).toContain(`${holder} Waiting up to 15 seconds for it to end.`);
    expect(second.output).toContain(`${holder} Only one server at a time may use a SQLite file`);
    expect(second.output).toContain('ALLOW_SECOND_SERVER=true');
    expect(second.output).not.toContain('    at ');
    const beside = await (await folder.start(ALLOWED)).ready();
    await Promise.all([first.end('SIGTERM'), beside.end('SIGTERM')]);
  });

  it('passes to the next server as soon as the first has ended, in whatever way', async () => {
    let server = await (await folder.start()).ready();
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      const next = await folder.start();
      await next.says('Waiting up to 15 seconds');
      await server.end(signal);
      server = await next.ready();
    }
    await server.end('SIGTERM');
  });

  it('is not waited for by a server that is told to end', async () => {
    const first = await (await folder.start()).ready();
    const second = await folder.start();
    await second.says('Waiting up to 15 seconds');
    await second.end('SIGTERM');
    expect(second.process.exitCode).toBe(0);
    await first.end('SIGTERM');
  });

  it('is open to every command beside a server', async () => {
    const server = await (await folder.start()).ready();
    const variables = { DATA_DIR: folder.path, DATABASE_URL: `sqlite:${at('mooring.db')}` };
    expect((await mooring(['keys', 'rotate'], { variables })).code).toBe(0);
    await server.end('SIGTERM');
  });

  it('is locked for the life of a process: nothing is left of one that was killed', async () => {
    const variables = { DATA_DIR: folder.path, DATABASE_URL: `sqlite:${at('mooring.db')}` };
    const given = [join(process.cwd(), 'dist/src'), JSON.stringify(variables)];
    const line = ['--input-type=module', '-e', HOLDS_UNTIL_KILLED, ...given];
    const holder = spawn(process.execPath, line, { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(holder.stdout, 'data');
    await expect(lock()).rejects.toThrow(`(process ${holder.pid} on ${hostname()})`);
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    await (
      await lock()
    )();
  });

  it('is shared only by servers that are all allowed to, and by one that was there before', async () => {
    const shared = [await lock(ALLOWED), await lock(ALLOWED)];
    await expect(lock()).rejects.toThrow('Another server uses');
    await shared.pop()?.();
    await expect(lock()).rejects.toThrow('Another server uses');
    await shared.pop()?.();
    const alone = await lock();
    const beside = await lock(ALLOWED);
    await expect(lock()).rejects.toThrow('Another server uses');
    await alone();
    await expect(lock()).rejects.toThrow('Another server uses');
    await beside();
    await (
      await lock()
    )();
  });

  it('is the same one under another path, and another one in another folder', async () => {
    const release = await lock();
    await writeFile(at('mooring.db'), '');
    await symlink(at('mooring.db'), at('link.db'));
    await expect(lock({}, at('link.db'))).rejects.toThrow('Another server uses');
    await expect(lock({}, `${folder.path}/./mooring.db`)).rejects.toThrow('Another server uses');
    await (
      await lock({}, at('other.db'))
    )();
    await release();
  });

  it('is refused with a sentence where its lock can not be taken', async () => {
    await writeFile(at('mooring.db.server-lock'), 'not a database, and longer than the header of one'.repeat(9));
    await expect(lock()).rejects.toThrow(/mooring\.db\.server-lock can't be used \(SQLITE_NOTADB\)/);
    await expect(lock({}, join(at('mooring.db.server-lock'), 'mooring.db'))).rejects.toThrow(
      /folder .*(ENOTDIR|EEXIST)/,
    );
  });
});
