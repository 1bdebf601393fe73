import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { releaseOf } from '../src/common/runtime/release.js';
import { readEnvironment } from '../src/config/env.js';
import { storedText } from './support/database.js';
import { databaseVariables } from './support/fresh-database.js';
import { freePort } from './support/free-port.js';
import { mooring } from './support/mooring-command.js';
import { ServerFolder } from './support/server-folder.js';

const OTHER_KEY = Buffer.alloc(32, 7).toString('base64');
/** Two of those that work on an installation; `every-command` tries all of them. */
const COMMANDS = [
  ['keys', 'rotate'],
  ['users', 'remove', '--yes', 'lin'],
];
const GROUPS = [[], ['start'], ['keys'], ['admin'], ['users'], ['mode'], ['restore']];

describe('A command of mooring', () => {
  let folder: ServerFolder;
  beforeEach(async () => (folder = await ServerFolder.create()));
  afterEach(() => folder.remove());

  const files = () => readdir(folder.path);
  const variables = async () => ({ DATA_DIR: folder.path, ...(await databaseVariables(folder.path)) });
  /** Starts and stops a server, which leaves an installation. */
  const installed = async () => {
    await (await (await folder.start()).ready()).end('SIGTERM');
    const environment = readEnvironment(await variables());
    return () => storedText(environment);
  };

  it.each(COMMANDS)('refuses to work where no installation is, and creates nothing: %s %s', async (...command) => {
    const { code, out, err } = await mooring(command, { cwd: folder.path });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(`Database: ${join(folder.path, 'data', 'mooring.db')}\n`);
    expect(err).toContain('Encryption key: none (ENCRYPTION_KEY is not set, and there is no ');
    expect(err).toContain(`There is no database ${join(folder.path, 'data', 'mooring.db')}.`);
    expect(err).not.toContain('    at ');
    expect(await files()).toEqual([]);
  });

  it.each(COMMANDS)('refuses an empty database and changes nothing: %s %s', async (...command) => {
    const given = await variables();
    if (given.DATABASE_URL.startsWith('sqlite:')) await writeFile(join(folder.path, 'mooring.db'), '');
    const { code, err } = await mooring(command, { cwd: folder.path, variables: given });
    expect(code).toBe(1);
    expect(err).toContain('holds no installation');
    expect((await files()).filter((name) => name !== 'mooring.db')).toEqual([]);
  });

  it.each(COMMANDS)('refuses to work with another key, and changes nothing: %s %s', async (...command) => {
    const stored = await installed();
    const before = [await stored(), await files()];
    const given = { ...(await variables()), ENCRYPTION_KEY: OTHER_KEY };
    const { code, err } = await mooring(command, { cwd: folder.path, variables: given });
    expect(code).toBe(1);
    expect(err).toContain('Encryption key: ENCRYPTION_KEY\n');
    expect(err).toContain('The encryption key is not the one that the database was encrypted with.');
    expect(err).not.toContain('    at ');
    expect([await stored(), await files()]).toEqual(before);
  });

  it.each(COMMANDS)('says that the database server is away: %s %s', async (...command) => {
    const place = `127.0.0.1:${await freePort()}`;
    const given = { DATABASE_URL: `mysql://lin:hush-hush@${place}/mooring`, ENCRYPTION_KEY: OTHER_KEY };
    const { code, out, err } = await mooring(command, { cwd: folder.path, variables: given });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(`Database: mooring at ${place}, as lin\n`);
    expect(err).toContain(`The database at ${place} did not answer (ECONNREFUSED).`);
    expect(err).not.toMatch(/hush| {4}at /);
    expect(await files()).toEqual([]);
  });

  it('says nothing of an old key where only one key was given', async () => {
    await installed();
    const { code, out } = await mooring(['keys', 'rewrap'], { variables: await variables() });
    expect(code).toBe(0);
    expect(out).toMatch(/^0 values were re-encrypted\. .*keep that key/);
  });

  it.each([
    ['bogus', "error: unknown command 'bogus'", 'Usage: mooring '],
    ['keys bogus', 'error: too many arguments', 'Usage: mooring keys '],
    ['keys rotate more', 'error: too many arguments', 'Usage: mooring keys rotate '],
    ['keys rotate --bogus', "error: unknown option '--bogus'", 'Usage: mooring keys rotate '],
    ['keys rotate --after', "error: option '--after <minutes>' argument missing", 'Usage: mooring keys rotate '],
    ['keys rotate --after soon', '--after: must be a whole number from 0 to 10080.', ''],
    ['keys rotate --service zot', '--service: must be a name that REGISTRY_SERVICES lists with ;key=certificate', ''],
    ['keys', '', 'Usage: mooring keys '],
    ['admin', '', 'Usage: mooring admin '],
    ['users', '', 'Usage: mooring users '],
    ['mode', '', 'Usage: mooring mode '],
    ['mode reset', '--yes: is required where no terminal can be asked.', ''],
    ['users remove lin', '--yes: is required where no terminal can be asked.', ''],
    ['mode reset --yes --to oidc', '--to: must be database.', ''],
    ['users disable', "error: missing required argument 'name'", 'Usage: mooring users disable '],
    ['backup', "error: missing required argument 'file'", 'Usage: mooring backup '],
    ['restore', "error: missing required argument 'file'", 'Usage: mooring restore '],
    ['restore a b', 'error: too many arguments', 'Usage: mooring restore '],
    ['admin reset-password --password-file a --password-stdin', '--password-stdin: can not be combined', ''],
    ['admin reset-password --password-file missing', "missing can't be read (ENOENT)", ''],
    ['', '', 'Usage: mooring '],
  ])('ends with 64 and help on stderr where it is called wrongly: mooring %s', async (line, problem, help) => {
    const { code, out, err } = await mooring(line.split(' ').filter(Boolean), { cwd: folder.path });
    expect({ code, out }).toEqual({ code: 64, out: '' });
    expect(err).toContain(problem);
    expect(err).toContain(help);
  });

  it('says its version, and helps with each command on stdout', async () => {
    expect(await mooring(['--version'])).toEqual({ code: 0, out: `${releaseOf(import.meta.dirname)}\n`, err: '' });
    for (const command of [...GROUPS, ...COMMANDS]) {
      const { code, out, err } = await mooring([...command, '--help'], { cwd: folder.path });
      expect({ code, err }).toEqual({ code: 0, err: '' });
      const name = command.filter((word) => !['lin', '--yes'].includes(word)).join(' ');
      expect(out).toContain(`Usage: ${`mooring ${name}`.trim()} `);
    }
    expect(await files()).toEqual([]);
  });
});
