import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MIGRATIONS } from '../../src/database/migrations/index.js';
import { ME } from '../support/documents.js';
import { GaleraCluster } from '../support/galera.js';
import { ServerProcess } from '../support/server-process.js';

const ROUNDS = 5;
const NAMES = MIGRATIONS.map(({ name }) => name);

describe('Three replicas that start at three nodes of a cluster', () => {
  let cluster: GaleraCluster;
  let folder: string;
  const started: ServerProcess[] = [];
  const ENCRYPTION_KEY = randomBytes(32).toString('base64');

  beforeAll(async () => {
    cluster = await GaleraCluster.start();
    folder = await mkdtemp(join(tmpdir(), 'mooring-starts-'));
  });
  afterEach(async () => {
    for (const server of started.splice(0)) if (server.isRunning) await server.end('SIGKILL');
  });
  afterAll(async () => {
    await cluster.remove();
    await rm(folder, { recursive: true, force: true });
  });

  const create = async (database: string, at: number) => {
    await cluster.nodes[at]!.query(`CREATE DATABASE ${database}`);
    const seen = `SHOW DATABASES LIKE '${database}'`;
    for (const node of cluster.nodes)
      await node.until(async () => (await node.query(seen)).length > 0, 'has the database');
  };
  const start = async (node: number, database: string) => {
    const DATA_DIR = join(folder, database, String(node));
    const DATABASE_URL = cluster.nodes[node]!.url(database);
    const server = await ServerProcess.start({ DATABASE_URL, DATA_DIR, ENCRYPTION_KEY });
    started.push(server);
    return server;
  };
  const rows = async (node: number, sql: string) => cluster.nodes[node]!.query(sql);
  const migrationsIn = async (database: string) =>
    (await rows(0, `SELECT name FROM ${database}.migrations`)).map(({ name }) => String(name)).sort();
  /** A replica that stands still in the middle of the migrations, with the lock. */
  const startHolder = async (database: string) => {
    const holder = await start(0, database);
    const owners = `SELECT owner FROM ${database}.migration_lock WHERE owner IS NOT NULL`;
    await cluster.nodes[0]!.until(async () => (await rows(0, owners)).length > 0, 'has a process that migrates');
    holder.process.kill('SIGSTOP');
    const done = await migrationsIn(database).catch(() => []);
    expect(done.length).toBeLessThan(NAMES.length);
    return holder;
  };

  it(`at once with an empty database all get ready, with each migration once and one administrator (${ROUNDS} rounds)`, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const database = `first_${round}`;
      await create(database, round % 3);
      const servers = await Promise.all([0, 1, 2].map((node) => start(node, database)));
      for (const server of servers) await server.ready();
      expect(await migrationsIn(database)).toEqual([...NAMES].sort());
      const users = await rows(round % 3, `SELECT username FROM ${database}.users`);
      expect(users.map(({ username }) => String(username))).toEqual(['admin']);
      const files = await readdir(join(folder, database), { recursive: true });
      const passwords = files.filter((name) => name.endsWith('admin-password'));
      expect(passwords).toHaveLength(1);
      const password = (await readFile(join(folder, database, passwords[0]!), 'utf8')).trim();
      for (const server of servers) expect((await server.ask(password, ME)).data.me.username).toBe('admin');
      for (const server of servers) expect(server.output).toContain('is a node of a Galera cluster');
      for (const server of started.splice(0)) await server.end('SIGKILL');
    }
  });

  it('are not held up by one that was killed in the middle of the migrations', async () => {
    const database = 'killed';
    await create(database, 0);
    const holder = await startHolder(database);
    const others = await Promise.all([1, 2].map((node) => start(node, database)));
    for (const server of others) await server.says('migrates the database; waiting for it');
    await holder.end('SIGKILL');
    for (const server of others) await server.ready();
    expect(await migrationsIn(database)).toEqual([...NAMES].sort());
    await (await start(0, database)).ready();
  });

  it('do not go on beside another one after standing still', async () => {
    const database = 'still';
    await create(database, 0);
    const holder = await startHolder(database);
    await (await start(1, database)).ready();
    holder.process.kill('SIGCONT');
    await holder.ready();
    expect(holder.output).toMatch(/has taken the migration lock over, because this one stood still/);
    expect(await migrationsIn(database)).toEqual([...NAMES].sort());
  });
});
