import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { Connection, createConnection } from 'mysql2/promise';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEnvironment } from '../../src/config/env.js';
import { doctor, keepExample, PASSWORD } from '../support/installations.js';
import { MariaDb } from '../support/mariadb.js';
import { ServerProcess } from '../support/server-process.js';
import { storedRows } from '../support/stored-rows.js';

/** As a server should be; that of the suite does not wait for its disk. */
const SOUND = ['--innodb-flush-log-at-trx-commit=1', '--innodb-doublewrite=1'];

describe('mooring doctor, on a MariaDB server,', () => {
  let database: MariaDb;
  let root: Connection;
  let folder: string;
  const ENCRYPTION_KEY = randomBytes(32).toString('base64');
  const variables = () => ({
    DATA_DIR: folder,
    DATABASE_URL: database.url('mooring'),
    ENCRYPTION_KEY,
    NODE_ENV: 'production',
  });

  beforeAll(async () => {
    database = await (await MariaDb.prepare(...SOUND)).start();
    root = await createConnection(database.url());
    await root.query('CREATE DATABASE mooring');
    folder = await mkdtemp(join(tmpdir(), 'mooring-doctor-'));
    const server = await ServerProcess.start({ ...variables(), ADMIN_PASSWORD: PASSWORD });
    await (await server.ready()).end('SIGTERM');
  });
  afterEach(async () => {
    await root.query('SET GLOBAL innodb_flush_log_at_trx_commit = 1');
    await root.query('SET GLOBAL read_only = OFF');
    await root.query('ALTER DATABASE mooring COLLATE utf8mb4_nopad_bin');
    await root.query('SET GLOBAL max_connections = 800');
  });
  afterAll(async () => {
    await root.end();
    await database.remove();
    await rm(folder, { recursive: true, force: true });
  });

  /** Everything that the database holds, and the form of its tables. */
  const contents = async () => {
    const [tables] = await root.query('SELECT * FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = ?', ['mooring']);
    return { tables, rows: await storedRows(readEnvironment(variables()).database) };
  };

  it('finds nothing wrong in a sound installation, and changes neither a row nor a table', async () => {
    const before = await contents();
    const found = await doctor(variables());
    expect(found).toMatchObject({ errors: [], warnings: [], exit: 0 });
    expect(found.out).toContain('MariaDB');
    expect(await contents()).toEqual(before);
  });

  it.each<[string, () => Promise<Record<string, string>>, object]>([
    [
      'a MariaDB server that does not wait for its disk',
      async () => {
        await root.query('SET GLOBAL innodb_flush_log_at_trx_commit = 0');
        return {};
      },
      { errors: ['DATABASE_DURABILITY'] },
    ],
    [
      'a MariaDB server that takes no writes',
      async () => {
        await root.query('SET GLOBAL read_only = ON');
        return {};
      },
      { errors: ['DATABASE_READ_ONLY'] },
    ],
    [
      'a database user with too few rights',
      async () => {
        await root.query("CREATE USER reader@'127.0.0.1' IDENTIFIED BY 'hush-hush'");
        await root.query("GRANT SELECT ON mooring.* TO reader@'127.0.0.1'");
        return { DATABASE_URL: database.url('mooring').replace('root@', 'reader:hush-hush@') };
      },
      { errors: ['DATABASE_RIGHTS'] },
    ],
    [
      'a wrong password of the database',
      () => Promise.resolve({ DATABASE_URL: database.url('mooring').replace('root@', 'root:hush-hush@') }),
      { errors: ['DATABASE_UNUSABLE'] },
    ],
    [
      'a database with another collation',
      async () => {
        await root.query('ALTER DATABASE mooring COLLATE utf8mb4_general_ci');
        return {};
      },
      { errors: ['DATABASE_COLLATION'] },
    ],
    [
      'fewer connections than the workers take',
      async () => {
        await root.query('SET GLOBAL max_connections = 15');
        return { WORKERS: '2' };
      },
      { errors: [], warnings: ['DATABASE_CONNECTIONS_FEW'] },
    ],
  ])('names %s', async (name, prepare, expected) => {
    const given = { ...variables(), ...(await prepare()) };
    const found = await doctor(given);
    expect(found).toMatchObject(expected);
    await keepExample(name, found.text, folder);
    expect(found.exit).toBe(found.errors.length > 0 ? 1 : 0);
    expect(found.out + found.err).not.toContain('hush');
  });
});
