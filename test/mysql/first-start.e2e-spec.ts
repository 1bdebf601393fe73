import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ME } from '../support/documents.js';
import { databaseVariables, dropDatabase } from '../support/fresh-database.js';
import { ServerProcess } from '../support/server-process.js';

const REPLICAS = ['one', 'two', 'three'];

describe('The first start of three replicas at once, each with a folder of its own,', () => {
  let folder: string;
  const started: ServerProcess[] = [];

  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'mooring-first-start-'))));
  afterEach(async () => {
    for (const server of started.splice(0)) if (server.process.exitCode === null) await server.end('SIGKILL');
    await dropDatabase(folder);
    await rm(folder, { recursive: true, force: true });
  });

  it('makes one administrator and one file with his password', async () => {
    const database = await databaseVariables(folder);
    const start = async (name: string) => {
      const server = await ServerProcess.start({ ...database, DATA_DIR: join(folder, name) });
      started.push(server);
      return server.ready();
    };
    const servers = await Promise.all(REPLICAS.map(start));
    const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('admin-password'));
    expect(files).toHaveLength(1);
    const password = (await readFile(join(folder, files[0]!), 'utf8')).trim();
    for (const server of servers) expect((await server.ask(password, ME)).data.me.username).toBe('admin');
  });
});
