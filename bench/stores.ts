import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createConnection, RowDataPacket } from 'mysql2/promise';
import { sqliteDriver } from '../src/database/sqlite-driver.js';
import { GaleraCluster } from '../test/support/galera.js';
import { MariaDb } from '../test/support/mariadb.js';

/** The engines that are measured. */
export type Engine = 'SQLite' | 'MariaDB' | 'Galera';

/** The database of a measured server, and how Mooring and the benchmark address it. */
export interface Store {
  readonly variables: Readonly<Record<string, string>>;
  readonly address: string;
  /** Executes a statement directly, without the server. */
  run(sql: string, ...values: string[]): Promise<void>;
  /** The rows of a query, directly. */
  rows(sql: string): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

function inFile(folder: string): Promise<Store> {
  const address = join(folder, 'mooring.db');
  const run = (sql: string, ...values: string[]) => {
    const database = new (sqliteDriver())(address, { timeout: 10_000 });
    database.prepare(sql).run(...values);
    return Promise.resolve(void database.close());
  };
  const rows = (sql: string) => {
    const database = new (sqliteDriver())(address, { timeout: 10_000 });
    const found = database.prepare(sql).all() as Record<string, unknown>[];
    database.close();
    return Promise.resolve(found);
  };
  return Promise.resolve({
    variables: { DATABASE_URL: `sqlite:${address}` },
    address,
    run,
    rows,
    close: () => Promise.resolve(),
  });
}

/** A server, or the first node of a cluster. */
interface Server {
  url(database?: string): string;
  remove(): Promise<void>;
}

async function serverOf(engine: Engine, options: readonly string[]): Promise<Server> {
  if (engine === 'MariaDB') return (await MariaDb.prepare(...options)).start();
  const cluster = await GaleraCluster.start({ options });
  return { url: (database) => cluster.nodes[0]!.url(database), remove: () => cluster.remove() };
}

async function onServer(server: Server): Promise<Store> {
  const runAt = async (url: string, sql: string, values: string[]) => {
    const connection = await createConnection(url);
    await connection.query(sql, values);
    await connection.end();
  };
  await runAt(server.url(), 'CREATE DATABASE IF NOT EXISTS mooring', []);
  const address = server.url('mooring');
  return {
    variables: { DATABASE_URL: address, ENCRYPTION_KEY: randomBytes(32).toString('base64') },
    address,
    run: (sql, ...values) => runAt(address, sql, values),
    rows: async (sql) => {
      const connection = await createConnection(address);
      const [found] = await connection.query<RowDataPacket[]>(sql);
      await connection.end();
      return found;
    },
    close: () => server.remove(),
  };
}

/**
 * Creates an empty database; for MariaDB on a separate server, which ends with it, and for Galera at one of three such servers.
 *
 * @param options further options of these servers
 */
export async function openStore(engine: Engine, folder: string, options: readonly string[] = []): Promise<Store> {
  return engine === 'SQLite' ? inFile(folder) : onServer(await serverOf(engine, options));
}
