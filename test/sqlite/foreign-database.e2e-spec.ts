import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { access, copyFile, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sqliteDriver } from '../../src/database/sqlite-driver.js';
import { mooring } from '../support/mooring-command.js';
import { ServerFolder } from '../support/server-folder.js';

describe('The start of the server on a database that is not its own', () => {
  let folder: ServerFolder;
  beforeEach(async () => (folder = await ServerFolder.create()));
  afterEach(() => folder.remove());

  const at = (name: string) => join(folder.path, name);
  const refusedStart = async (changes = {}) => {
    const server = await folder.start(changes);
    expect(await server.exit()).toBe(1);
    expect(server.output).not.toContain('    at ');
    return server.output;
  };

  it('refuses a database with migrations of a newer release, unless that is allowed', async () => {
    const first = await (await folder.start()).ready();
    await first.end('SIGTERM');
    expect(first.output).toMatch(/Migrated the database in \d+ ms: FirstTables1790000000000, /);
    const database = new (sqliteDriver())(at('mooring.db'));
    database.exec("INSERT INTO migrations (timestamp, name) VALUES (9990000000000, 'Later9990000000000')");
    database.close();
    expect(await refusedStart()).toMatch(/newer release.*Later9990000000000.*ALLOW_DOWNGRADE=true/);
    const variables = { DATA_DIR: folder.path, DATABASE_URL: `sqlite:${at('mooring.db')}` };
    const allowed = { ...variables, ALLOW_DOWNGRADE: 'true' };
    const copy = at('backup.db');
    for (const command of [
      ['keys', 'rotate'],
      ['keys', 'rewrap'],
      ['backup', copy],
      ['restore', copy, '--check'],
    ]) {
      if (command[0] !== 'restore') {
        const refused = await mooring(command, { variables });
        expect(refused).toMatchObject({ code: 1, out: '', err: expect.stringContaining('ALLOW_DOWNGRADE=true') });
      }
      expect(await mooring(command, { variables: allowed })).toMatchObject({ code: 0 });
    }
    expect((await mooring(['restore', copy, '--check'], { variables })).err).toMatch(
      /newer release.*Later9990000000000/,
    );
    await (await (await folder.start({ ALLOW_DOWNGRADE: 'true' })).ready()).end('SIGTERM');
  });

  it('refuses an empty database beside the key and the password of another one, and changes neither', async () => {
    await (await (await folder.start()).ready()).end('SIGTERM');
    const [key, password] = [await readFile(at('encryption.key'), 'utf8'), await folder.adminPassword()];
    for (const suffix of ['', '-wal', '-shm']) await rm(at(`mooring.db${suffix}`), { force: true });
    const said = await refusedStart();
    for (const name of ['encryption.key', 'admin-password']) expect(said).toContain(at(name));
    expect([await readFile(at('encryption.key'), 'utf8'), await folder.adminPassword()]).toEqual([key, password]);
    await expect(access(at('mooring.db'))).rejects.toThrow('ENOENT');
  });

  it('refuses to begin anew where a restore was killed before the database was in its place', async () => {
    const given = { ENCRYPTION_KEY: Buffer.alloc(32, 5).toString('base64'), ADMIN_PASSWORD: 'Admin-password-1' };
    await (await (await folder.start(given)).ready()).end('SIGTERM');
    await rename(at('mooring.db'), at('mooring.db.replaced-2026-01-01T00-00-00.000Z'));
    expect(await refusedStart(given)).toContain(at('mooring.db.replaced-2026-01-01T00-00-00.000Z'));
    await expect(access(at('mooring.db'))).rejects.toThrow('ENOENT');
  });

  it('refuses a plain copy of a live database without its write-ahead log', async () => {
    const live = await (await folder.start()).ready();
    await copyFile(at('mooring.db'), at('copy.db'));
    await live.end('SIGTERM');
    expect(await refusedStart({ DATABASE_URL: `sqlite:${at('copy.db')}` })).toContain(
      'holds no installation, but files',
    );
  });

  it('goes on with a first start that was interrupted after the key was written', async () => {
    const first = await (await folder.start()).ready();
    await first.end('SIGTERM');
    const key = await readFile(at('encryption.key'), 'utf8');
    for (const suffix of ['', '-wal', '-shm']) await rm(at(`mooring.db${suffix}`), { force: true });
    await writeFile(at('first-start'), 'begun');
    await (await (await folder.start()).ready()).end('SIGTERM');
    expect(await readFile(at('encryption.key'), 'utf8')).toBe(key);
    await expect(access(at('first-start'))).rejects.toThrow('ENOENT');
  });

  it('refuses an empty file beside a write-ahead log, and keeps the log', async () => {
    await writeFile(at('mooring.db-wal'), 'pages');
    expect(await refusedStart()).toContain('mooring.db-wal');
    expect(await readFile(at('mooring.db-wal'), 'utf8')).toBe('pages');
  });
});
