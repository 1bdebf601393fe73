import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase, TestDatabase } from '../../test/support/database.js';
import { Installation } from './installation.js';

const place = { table: 't', column: 'c', row: 'r' };

describe(Installation.name, () => {
  let database: TestDatabase;
  beforeEach(async () => (database = await openDatabase()));
  afterEach(() => database.close());

  const reopened = (encryptionKeys = database.environment.encryptionKeys) =>
    Installation.open(database.dataSource, { ...database.environment, encryptionKeys });

  it('is the same each time it is opened: what one sealed and digested, the other knows', async () => {
    const again = await reopened();
    expect(again.cipher.open(database.installation.cipher.seal('text', place), place)).toBe('text');
    expect(again.digest('a', 'b')).toEqual(database.installation.digest('a', 'b'));
  });

  it('tells texts apart that would be one when written together', () => {
    const { installation } = database;
    expect(installation.digest('ab', 'c')).not.toEqual(installation.digest('a', 'bc'));
  });

  it('does not open with another key', async () => {
    await expect(reopened([randomBytes(32)])).rejects.toThrow('is not the one');
  });

  it('does not open without its key, and makes no new one', async () => {
    const keyFile = join(database.environment.dataDir, 'encryption.key');
    rmSync(keyFile, { force: true });
    await expect(reopened([])).rejects.toThrow('no encryption key was given');
    expect(existsSync(keyFile)).toBe(false);
  });

  it('is made once where several processes open it for the first time', async () => {
    const other = await openDatabase();
    await other.dataSource.query('DELETE FROM settings');
    const opened = await Promise.all([1, 2, 3].map(() => Installation.open(other.dataSource, other.environment)));
    const digests = opened.map((installation) => installation.digest('x').toString('hex'));
    expect(new Set(digests).size).toBe(1);
    await other.close();
  });
});
