import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { openDatabase, TestDatabase } from '../../test/support/database.js';
import { LoginTimes1791300000000 } from './migrations/1791300000000-login-times.js';
import { RemovedUsers1791600000000 } from './migrations/1791600000000-removed-users.js';
import { MIGRATIONS } from './migrations/index.js';

const TABLES = {
  sqlite: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
  mysql: 'SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()',
};

async function undoAllButTheFirst(dataSource: DataSource): Promise<void> {
  for (const _later of MIGRATIONS.slice(1)) await dataSource.undoLastMigration();
}

describe('The migrations', () => {
  let database: TestDatabase;
  beforeEach(async () => (database = await openDatabase()));
  afterEach(() => database.close());

  it('make exactly the tables that the entities describe', async () => {
    const { upQueries } = await database.dataSource.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('can be run again where all of them have run', async () => {
    expect(await database.dataSource.runMigrations()).toEqual([]);
  });

  it('take up where one that was killed has stopped', async () => {
    const { dataSource } = database;
    await undoAllButTheFirst(dataSource);
    const runner = dataSource.createQueryRunner();
    await runner.query('ALTER TABLE users ADD COLUMN local_email varchar(255)');
    await runner.query('CREATE UNIQUE INDEX users_local_email ON users (local_email)');
    await runner.release();
    await dataSource.runMigrations();
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('keep what was there before them, sessions and users alike', async () => {
    await undoAllButTheFirst(database.dataSource);
    const moment = '2026-01-01 00:00:00.000';
    await database.dataSource.query(
      `INSERT INTO users (id, username, folded_name, email, is_admin, is_disabled, security_stamp, created_at, updated_at)
       VALUES ('u', 'lin', 'lin', 'Lin@Example.org', FALSE, FALSE, 's', '${moment}', '${moment}')`,
    );
    await database.dataSource.query(
      `INSERT INTO sessions (id, token_hash, user_id, created_at, last_seen_at, expires_at)
       VALUES ('b', 'h', 'u', '${moment}', '${moment}', '${moment}')`,
    );
    await database.dataSource.runMigrations();
    expect(await database.dataSource.query('SELECT id, user_id FROM sessions')).toEqual([{ id: 'b', user_id: 'u' }]);
    expect(await database.dataSource.query('SELECT email, folded_email FROM users')).toEqual([
      { email: 'Lin@Example.org', folded_email: 'lin@example.org' },
    ]);
    const ofNobody = "UPDATE sessions SET user_id = 'nobody' WHERE id = 'b'";
    await expect(database.dataSource.query(ofNobody)).rejects.toThrow(/foreign key/i);
  });

  it('note how the names that are there are drawn, more than are read at once', async () => {
    const { dataSource } = database;
    await undoAllButTheFirst(dataSource);
    const moment = '2026-01-01 00:00:00.000';
    const rows = Array.from({ length: 1001 }, (_, index) => {
      const [id, name] = [`u${String(index).padStart(4, '0')}`, index === 1000 ? 'р\u0430\u0443' : `lin-${index}`];
      return `('${id}', '${name}', '${name}', FALSE, FALSE, 's', '${moment}', '${moment}')`;
    });
    await dataSource.query(
      `INSERT INTO users (id, username, folded_name, is_admin, is_disabled, security_stamp, created_at, updated_at)
       VALUES ${rows.join(', ')}`,
    );
    await dataSource.runMigrations();
    const noted = 'SELECT id, name_skeleton AS skeleton FROM users WHERE name_skeleton IS NOT NULL';
    expect(await dataSource.query(noted)).toEqual([{ id: 'u1000', skeleton: 'pay' }]);
  });

  it('give a login of an unknown time the last one of its user, and change no other', async () => {
    const { dataSource } = database;
    const [moment, later] = ['2026-01-01 00:00:00.000', '2026-02-01 00:00:00.000'];
    const user = (id: string) =>
      `('${id}', '${id}', '${id}', 'i', '${id}', FALSE, FALSE, 's', '${moment}', '${moment}', '${moment}')`;
    await dataSource.query(
      `INSERT INTO users (id, username, folded_name, issuer, subject, is_admin, is_disabled, security_stamp, created_at, updated_at, last_login_at)
       VALUES ${user('u')}, ${user('v')}`,
    );
    await dataSource.query(
      `INSERT INTO provider_grants (user_id, issuer, client_id, sealed_id_token, expires_at, version, login_begun_at)
       VALUES ('u', 'i', 'c', 's', '${moment}', 1, NULL), ('v', 'i', 'c', 's', '${moment}', 1, '${later}')`,
    );
    const undone = MIGRATIONS.slice(MIGRATIONS.indexOf(LoginTimes1791300000000));
    for (const _later of undone) await dataSource.undoLastMigration();
    await dataSource.runMigrations();
    const counted = `SELECT COUNT(*) AS total FROM provider_grants WHERE login_begun_at = CASE user_id WHEN 'u' THEN '${moment}' ELSE '${later}' END`;
    const [row] = await dataSource.query<{ total: number | string }[]>(counted);
    expect(Number(row?.total)).toBe(2);
  });

  it('leave a real name to the person where the person may have set it', async () => {
    const { dataSource } = database;
    await undoAllButTheFirst(dataSource);
    const [made, changed] = ['2026-01-01 00:00:00.000', '2026-01-02 00:00:00.000'];
    const rows: [id: string, issuer: string | null, realName: string | null, updated: string][] = [
      ['as-told', 'https://id.example', 'Lin', made],
      ['changed', 'https://id.example', 'Kim', changed],
      ['cleared', 'https://id.example', null, changed],
      ['local', null, 'Sam', changed],
    ];
    const text = (value: string | null) => (value === null ? 'NULL' : `'${value}'`);
    const values = rows.map(([id, issuer, realName, updated]) => {
      const identity = `${text(issuer)}, ${text(issuer && id)}`;
      return `('${id}', '${id}', '${id}', ${identity}, ${text(realName)}, FALSE, FALSE, 's', '${made}', '${updated}')`;
    });
    await dataSource.query(
      `INSERT INTO users (id, username, folded_name, issuer, subject, real_name, is_admin, is_disabled, security_stamp, created_at, updated_at)
       VALUES ${values.join(', ')}`,
    );
    await dataSource.runMigrations();
    const own = 'SELECT id, real_name AS name FROM users WHERE has_own_real_name';
    expect(await dataSource.query(own)).toEqual([{ id: 'changed', name: 'Kim' }]);
  });

  it('let service tokens be without a creator, and lose none, nor anything that belongs to their creator', async () => {
    const { dataSource } = database;
    for (const _later of MIGRATIONS.slice(MIGRATIONS.indexOf(RemovedUsers1791600000000)))
      await dataSource.undoLastMigration();
    const moment = '2026-01-01 00:00:00.000';
    await dataSource.query(
      `INSERT INTO users (id, username, folded_name, is_admin, is_disabled, security_stamp, created_at, updated_at)
       VALUES ('u', 'lin', 'lin', TRUE, FALSE, 's', '${moment}', '${moment}')`,
    );
    await dataSource.query(
      `INSERT INTO provider_grants (user_id, issuer, client_id, sealed_id_token, expires_at, version)
       VALUES ('u', 'i', 'c', 's', '${moment}', 1)`,
    );
    const token = (id: string) => `('${id}', 'registry', 'VERIFIER', '${id}', 'u', '${moment}')`;
    await dataSource.query(
      `INSERT INTO service_tokens (id, name, token_role, hash, created_by, created_at) VALUES ${token('t')}, ${token('v')}`,
    );
    await dataSource.runMigrations();
    await dataSource.query("UPDATE service_tokens SET created_by = NULL WHERE id = 't'");
    expect(await dataSource.query('SELECT user_id FROM provider_grants')).toEqual([{ user_id: 'u' }]);
    await expect(dataSource.query("UPDATE service_tokens SET created_by = 'x' WHERE id = 'v'")).rejects.toThrow(
      /foreign key/i,
    );
    await dataSource.query("DELETE FROM users WHERE id = 'u'");
    expect(await dataSource.query('SELECT id, created_by FROM service_tokens')).toEqual([
      { id: 't', created_by: null },
    ]);
    const again = `INSERT INTO service_tokens (id, name, token_role, hash, created_at) VALUES ('w', 'n', 'VERIFIER', 't', '${moment}')`;
    await expect(dataSource.query(again)).rejects.toThrow(/unique|duplicate/i);
  });

  it('leave one row of a migration that earlier releases have noted twice, and refuse a second one', async () => {
    const { dataSource } = database;
    await dataSource.undoLastMigration();
    await dataSource.query(
      "INSERT INTO migrations (timestamp, name) SELECT timestamp, name FROM migrations WHERE name LIKE 'First%'",
    );
    await dataSource.runMigrations();
    const names = await dataSource.query<{ name: string }[]>('SELECT name FROM migrations ORDER BY id');
    expect(names.map(({ name }) => name)).toEqual(MIGRATIONS.map(({ name }) => name));
    const again = 'INSERT INTO migrations (timestamp, name) SELECT timestamp, name FROM migrations';
    await expect(dataSource.query(again)).rejects.toThrow(/unique|duplicate/i);
  });

  it('can be undone', async () => {
    for (const _migration of MIGRATIONS) await database.dataSource.undoLastMigration();
    const tables = await database.dataSource.query<{ name: string }[]>(TABLES[database.environment.database.engine]);
    const lock = database.environment.database.engine === 'mysql' ? ['migration_lock'] : [];
    expect(tables.map(({ name }) => name).sort()).toEqual([...lock, 'migrations']);
  });
});
