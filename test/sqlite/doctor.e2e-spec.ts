import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { chmod, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sqliteDriver } from '../../src/database/index.js';
import { InspectedProvider } from '../support/inspected-provider.js';
import { doctor, keepExample, StoppedInstallation, variablesOf } from '../support/installations.js';

describe('mooring doctor, on a SQLite file,', () => {
  let sound: StoppedInstallation;
  beforeAll(async () => (sound = await StoppedInstallation.make()));
  afterAll(() => sound.remove());
  let provider: InspectedProvider | undefined;
  afterEach(() => provider?.stop());

  const contents = async (folder: string) => {
    const names = await readdir(folder, { recursive: true });
    const pairs = names.map(async (name) => [name, (await readFile(join(folder, name))).toString('base64')] as const);
    return Object.fromEntries(await Promise.all(pairs));
  };
  /** Runs statements on the database of a folder. */
  const change = (folder: string, ...statements: readonly string[]) => {
    const database = new (sqliteDriver())(join(folder, 'mooring.db'));
    for (const statement of statements) database.exec(statement);
    database.close();
  };

  it('finds no error in a sound installation, and changes no file', async () => {
    const folder = await sound.copy();
    const before = await contents(folder);
    const { exit, errors, warnings } = await doctor(variablesOf(folder));
    expect({ errors, exit }).toEqual({ errors: [], exit: 0 });
    expect(warnings).toEqual([]);
    expect(await contents(folder)).toEqual(before);
  });

  it.each<[string, (folder: string) => Record<string, string> | Promise<Record<string, string>>, object]>([
    [
      'a wrong key',
      () => ({ ENCRYPTION_KEY: randomBytes(32).toString('base64') }),
      { errors: ['ENCRYPTION_KEY_WRONG'] },
    ],
    [
      'a lost key file',
      async (folder) => {
        await rm(join(folder, 'encryption.key'));
        return {};
      },
      { errors: ['ENCRYPTION_KEY_WRONG'] },
    ],
    [
      'a migration ahead',
      (folder) => {
        change(folder, "INSERT INTO migrations (timestamp, name) VALUES (1999999999999, 'Later1999999999999')");
        return {};
      },
      { errors: ['MIGRATIONS_AHEAD'] },
    ],
    [
      'a migration behind',
      (folder) => {
        change(folder, 'DELETE FROM migrations WHERE id = (SELECT MAX(id) FROM migrations)');
        return {};
      },
      { errors: [], warnings: ['MIGRATIONS_PENDING'] },
    ],
    [
      'variables that are not valid',
      () => ({ PORT: 'eighty', PUBLIC_URL: 'mooring.example.com', WORKERS: '0' }),
      { errors: ['ENVIRONMENT_INVALID', 'ENVIRONMENT_INVALID', 'ENVIRONMENT_INVALID'] },
    ],
    [
      'a provider where the redirect URI is not registered',
      async () => {
        provider = await InspectedProvider.start();
        provider.handlers.set('/authorize', (_asked, response) => {
          response.writeHead(400, { 'content-type': 'text/plain' }).end('Unregistered redirect_uri');
        });
        const oidc = { endpoint: provider.issuer, clientId: 'mooring', clientSecret: 'a-secret-of-the-client' };
        return { FIXED_SETTINGS: JSON.stringify({ authMode: 'OIDC', oidc }) };
      },
      { errors: ['PROVIDER_FAILED'] },
    ],
    [
      'OIDC mode without a provider',
      (folder) => {
        change(folder, "UPDATE settings SET auth_mode = 'OIDC'");
        return {};
      },
      { errors: ['SETTINGS_INCOMPLETE', 'PROVIDER_MISSING'] },
    ],
    ['a misspelt variable', () => ({ TRUST_PROXI: '1' }), { errors: [], warnings: ['VARIABLE_WITHOUT_EFFECT'] }],
    [
      'a key file that everybody can read',
      async (folder) => {
        await chmod(folder, 0o755);
        await chmod(join(folder, 'encryption.key'), 0o644);
        return {};
      },
      { errors: [], warnings: expect.arrayContaining(['SECRET_FILE_READABLE']) },
    ],
    [
      'a secret of the settings file that everybody can read',
      async (folder) => {
        const path = join(folder, 'settings.yaml');
        await writeFile(path, 'oidc:\n  endpoint: http://127.0.0.1:9\n  clientSecret: { file: client-secret }\n');
        await writeFile(join(folder, 'client-secret'), 'A-secret-for-all-1');
        await chmod(join(folder, 'client-secret'), 0o644);
        await chmod(folder, 0o755);
        return { SETTINGS_FILE: path };
      },
      { errors: [], warnings: expect.arrayContaining(['SECRET_FILE_READABLE', 'PROVIDER_FAILED_UNUSED']) },
    ],
    [
      'another file in the place of the database',
      async (folder) => {
        await writeFile(join(folder, 'mooring.db'), 'name,email\n');
        return {};
      },
      { errors: ['DATABASE_UNUSABLE'] },
    ],
    [
      'a signing key that was swapped',
      (folder) => {
        change(folder, "UPDATE signing_keys SET id = '00000000-0000-7000-8000-000000000009' WHERE key_use = 'TOKEN'");
        return {};
      },
      { errors: ['SIGNING_KEY_UNOPENED'] },
    ],
    [
      'a database that is not there',
      (folder) => ({ DATABASE_URL: `sqlite:${folder}/other.db` }),
      { errors: ['DATABASE_UNUSABLE'] },
    ],
  ])('names %s, and changes no file', async (name, break_, expected) => {
    const folder = await sound.copy();
    const variables = { ...variablesOf(folder), ...(await break_(folder)) };
    const before = await contents(folder);
    const found = await doctor(variables);
    expect(found).toMatchObject(expected);
    await keepExample(name, found.text, folder);
    expect(found.exit).toBe(found.errors.length > 0 ? 1 : 0);
    expect(await contents(folder)).toEqual(before);
  });
});
