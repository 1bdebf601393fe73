import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { DataSource } from 'typeorm';
import { Cipher } from '../src/common/cipher.js';
import { sealedColumns } from '../src/database/reseal.js';
import { TestApp } from './support/app.js';
import { CLI_SECRET, GENERATE } from './support/documents.js';
import { databaseVariables } from './support/fresh-database.js';
import { Harbour } from './support/harbour.js';
import { getToken } from './support/registry-client.js';

const run = promisify(execFile);

describe('The encryption key', () => {
  let harbour: Harbour;
  beforeEach(async () => (harbour = await Harbour.open()));
  afterEach(() => harbour.close());

  const database = () => harbour.app.nest.get(DataSource);
  const rowsOf = (table: string) => database().query<Record<string, string>[]>(`SELECT * FROM ${table}`);

  it('opens nothing that was moved to another person', async () => {
    const [lin, sam] = [await harbour.onboarded('lin'), await harbour.onboarded('sam')];
    const secrets = [await harbour.secretOf(lin), await harbour.secretOf(sam)];
    const [one, other] = await rowsOf('cli_secrets');
    await database().query('UPDATE cli_secrets SET sealed_secret = ? WHERE user_id = ?', [
      one.sealed_secret,
      other.user_id,
    ]);
    const answers = [await harbour.app.ask(lin, CLI_SECRET), await harbour.app.ask(sam, CLI_SECRET)];
    const refused = answers.filter(({ code }) => code === 'INTERNAL_SERVER_ERROR');
    expect(refused).toHaveLength(1);
    for (const secret of secrets) expect(refused[0].text).not.toContain(secret);
    harbour.app.log.splice(0);
  });

  it('is needed for whatever is secret in the database: every sealed value opens with it, at its own place alone', async () => {
    const lin = await harbour.onboarded('lin');
    await harbour.secretOf(lin);
    await getToken(harbour.app.url, { service: 'registry' });
    const { encryptionKeys, dataDir } = harbour.app.environment;
    const key = encryptionKeys[0] ?? Buffer.from(await readFile(`${dataDir}/encryption.key`, 'utf8'), 'base64');
    const [own, foreign] = [new Cipher([key]), new Cipher([randomBytes(32)])];
    const opens = (cipher: Cipher, sealed: string, row: string, table: string, column: string) => {
      try {
        return cipher.open(sealed, { table, column, row }) !== '';
      } catch {
        return false;
      }
    };
    const found = new Set<string>();
    for (const { table, column, id } of sealedColumns(database())) {
      for (const row of (await rowsOf(table)).filter((one) => one[column] !== null)) {
        const [sealed, place] = [row[column], String(row[id])];
        found.add(`${table}.${column}`);
        expect(opens(own, sealed, place, table, column)).toBe(true);
        expect(opens(foreign, sealed, place, table, column)).toBe(false);
        expect(opens(own, sealed, 'another row', table, column)).toBe(false);
        expect(opens(own, sealed, place, 'another_table', column)).toBe(false);
        expect(opens(own, sealed, place, table, 'another_column')).toBe(false);
      }
    }
    expect([...found].sort()).toEqual([
      'cli_secrets.sealed_secret',
      'provider_grants.sealed_access_token',
      'provider_grants.sealed_id_token',
      'provider_grants.sealed_refresh_token',
      'settings.sealed_digest_key',
      'signing_keys.sealed_private_key',
    ]);
  });

  it('is replaced beside servers that run, and everybody goes on', async () => {
    const lin = await harbour.onboarded('lin');
    const secret = await harbour.secretOf(lin);
    const { environment, adminPassword, url } = harbour.app;
    const given = environment.encryptionKeys[0]?.toString('base64');
    const oldKey = given ?? (await readFile(`${environment.dataDir}/encryption.key`, 'utf8')).trim();
    const newKey = randomBytes(32).toString('base64');
    const shared = { DATA_DIR: environment.dataDir, ADMIN_PASSWORD: adminPassword, PUBLIC_URL: url };
    const withBoth = await TestApp.start({ ...shared, ENCRYPTION_KEY: `${newKey},${oldKey}` });
    const rewrap = async (...args: string[]) => {
      const { DATABASE_URL } = await databaseVariables(environment.dataDir);
      const env = { PATH: process.env.PATH, ...shared, DATABASE_URL, ENCRYPTION_KEY: `${newKey},${oldKey}` };
      return (await run(process.execPath, ['dist/src/mooring.js', 'keys', 'rewrap', ...args], { env })).stdout;
    };
    expect(await rewrap('--help')).toMatch(/ENCRYPTION_KEY.*new key and then the old one/s);
    const first = JSON.parse(await rewrap('--json'));
    expect(first).toMatchObject({ unopened: 0, isComplete: true });
    expect(first.resealed).toBeGreaterThan(5);
    expect(await rewrap()).toMatch(/^0 values were sealed anew. Nothing is left under another key/);

    const asker = lin.copy();
    expect((await withBoth.ask(asker, CLI_SECRET)).data.cliSecret.secret).toBe(secret);
    expect((await withBoth.ask(asker, GENERATE)).code).toBeUndefined();
    const replaced = (await withBoth.ask(asker, CLI_SECRET)).data.cliSecret.secret;
    await withBoth.stop({ keepData: true });
    const withNew = await TestApp.start({ ...shared, ENCRYPTION_KEY: newKey });
    expect((await withNew.ask(asker, CLI_SECRET)).data.cliSecret.secret).toBe(replaced);
    expect((await harbour.verify('lin', replaced)).status).toBe('VALID');
    await withNew.stop({ keepData: true });
    await expect(TestApp.start({ ...shared, ENCRYPTION_KEY: oldKey })).rejects.toThrow(/not the one/);
  });
});
