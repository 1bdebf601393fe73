import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createConnection } from 'mysql2/promise';
import { MariaDb } from '../support/mariadb.js';
import { ServerFolder } from '../support/server-folder.js';

describe('On a database server with a binary log, the start', () => {
  let folder: ServerFolder;
  let server: MariaDb;
  beforeEach(async () => (folder = await ServerFolder.create()));
  afterEach(() => Promise.all([folder.remove(), server.remove()]));

  /** Every row of this query on the server. */
  const rowsOf = async (sql: string) => {
    const connection = await createConnection(server.url());
    const [rows] = await connection.query({ sql, rowsAsArray: true });
    await connection.end();
    return rows as unknown[][];
  };
  const startOn = async (format: string) => {
    server = await MariaDb.prepare('--log-bin', `--binlog-format=${format}`);
    await server.start();
    await rowsOf('CREATE DATABASE mooring');
    return folder.start({ DATABASE_URL: server.url('mooring') });
  };

  it('is refused with a sentence where it takes only statements, before any table is made', async () => {
    const refused = await startOn('STATEMENT');
    expect(await refused.exit()).toBe(1);
    expect(refused.output).toContain('binlog_format=STATEMENT');
    expect(refused.output).not.toContain('    at ');
    expect(await rowsOf('SHOW TABLES IN mooring')).toEqual([]);
  });

  it('succeeds where it takes rows too', async () => {
    await (await (await startOn('MIXED')).ready()).end('SIGTERM');
  });
});
