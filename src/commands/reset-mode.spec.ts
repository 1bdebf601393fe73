import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openDatabase, TestDatabase } from '../../test/support/database.js';
import { databaseVariables } from '../../test/support/fresh-database.js';
import { newId } from '../common/persistence/ids.js';
import { AuthMode } from '../settings/auth-mode.js';
import { ModeReset, resetMode } from './reset-mode.js';

const MOMENT = '2026-01-01 00:00:00.000';

describe(resetMode, () => {
  const outside = process.env;
  let database: TestDatabase;
  let progress: string[];
  beforeEach(async () => {
    database = await openDatabase();
    const { dataDir } = database.environment;
    process.env = {
      DATA_DIR: dataDir,
      ...(await databaseVariables(dataDir)),
      PUBLIC_URL: 'https://mooring.example.com',
    };
    await database.dataSource.query("UPDATE settings SET auth_mode = 'OIDC'");
    progress = [];
  });
  afterEach(async () => {
    process.env = outside;
    await database.close();
  });

  const logIn = async (...names: readonly string[]) => {
    const row = (name: string) =>
      `('${newId()}', 'OIDC', '${name}', '${name}', 'i', '${name}', FALSE, FALSE, 's', '${MOMENT}', '${MOMENT}')`;
    const columns =
      'id, mode, username, folded_name, issuer, subject, is_admin, is_disabled, security_stamp, created_at, updated_at';
    await database.dataSource.query(`INSERT INTO users (${columns}) VALUES ${names.map(row).join(', ')}`);
  };
  const names = async () => {
    const found = "SELECT username FROM users WHERE mode = 'OIDC'";
    const rows = await database.dataSource.query<{ username: string }[]>(found);
    return rows.map(({ username }) => username);
  };
  const reset = (to: ModeReset['to'], confirm: ModeReset['confirm'] = () => Promise.resolve()) =>
    resetMode({ to, confirm, onProgress: (removed, users) => void progress.push(`${removed} of ${users}`) });

  it('works in batches, and is told how many users there are and of which host before anything changes', async () => {
    await logIn(...Array.from({ length: 401 }, (_, place) => `lin-${place}`));
    const asked: unknown[] = [];
    const confirm = async (users: number, host: string) => void asked.push(users, host, (await names()).length);
    expect(await reset(null, confirm)).toEqual({ removed: 401, left: 0, authMode: AuthMode.OIDC });
    expect(asked).toEqual([401, 'mooring.example.com', 401]);
    expect(progress).toEqual(['200 of 401', '400 of 401', '401 of 401']);
    expect(await names()).toEqual([]);
  });

  it('changes nothing where it is not confirmed', async () => {
    await logIn('lin');
    await expect(reset(AuthMode.DATABASE, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await names()).toEqual(['lin']);
  });

  it('leaves people who log in meanwhile, and the mode with them, and can be run again', async () => {
    await logIn('lin', 'kim');
    const meanwhile = await reset(AuthMode.DATABASE, () => logIn('sam'));
    expect(meanwhile).toEqual({ removed: 2, left: 1, authMode: AuthMode.OIDC });
    expect(await names()).toEqual(['sam']);
    expect(await reset(AuthMode.DATABASE)).toEqual({ removed: 1, left: 0, authMode: AuthMode.DATABASE });
  });
});
