import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEnvironment } from '../src/config/env.js';
import { ADMIN_PASSWORD, COMMAND_TABLE, CommandRow, LOCAL_USERS, namesOfCommands } from './support/command-table.js';
import { CREATE_TOKEN, CREATE_USER } from './support/documents.js';
import { databaseVariables, TEST_SERVER } from './support/fresh-database.js';
import { freePort } from './support/free-port.js';
import { mooring } from './support/mooring-command.js';
import { ServerFolder } from './support/server-folder.js';
import { ServerProcess } from './support/server-process.js';
import { storedRows, tablesChanged, tablesGrown } from './support/stored-rows.js';

const OTHER_KEY = Buffer.alloc(32, 7).toString('base64');
const MAP = 'old_issuer,old_subject,new_issuer,new_subject\nhttps://a.example,1,https://b.example,2\n';
const SETTINGS =
  'authMode: DATABASE\naccessRules:\n  - { repositoryPattern: a/*, actions: [PULL], subjectKind: ANYONE }\n';
const ROWS = COMMAND_TABLE.map((row) => [row.name, row] as const);
/** The tables that a server itself writes to at any time: its readiness mark, its digest, counts of credentials, and words of users. */
const ALWAYS = ['once_only', 'fixed_settings_digests', 'guess_counts', 'user_words', 'user_word_indexings'];
/** The tables to which the writers of these stories add. */
const WRITTEN = ['service_tokens', 'audit_events'];

describe('Every command of mooring', () => {
  let folder: ServerFolder;
  let server: ServerProcess;
  let cwd: string;
  beforeAll(async () => {
    folder = await ServerFolder.create();
    server = await (await folder.start({ ADMIN_PASSWORD })).ready();
    for (const username of LOCAL_USERS) {
      const input = { username, email: `${username}@example.com`, password: ADMIN_PASSWORD };
      const { data } = await server.ask(ADMIN_PASSWORD, CREATE_USER, { input });
      expect(data?.createUser).toBeTruthy();
    }
    await makeBackup();
    await writeFile(join(folder.path, 'map.csv'), MAP);
    await writeFile(join(folder.path, 'settings.yaml'), SETTINGS);
  });
  afterAll(() => folder.remove());
  beforeEach(async () => {
    cwd = await mkdtemp(join(tmpdir(), 'mooring-command-'));
    for (const name of ['kept.backup', 'map.csv', 'settings.yaml']) await cp(join(folder.path, name), join(cwd, name));
  });
  afterEach(() => rm(cwd, { recursive: true, force: true }));

  const variables = async () => ({ DATA_DIR: folder.path, ...(await databaseVariables(folder.path)) });
  const makeBackup = async () => {
    const { code, out } = await mooring(['backup', join(folder.path, 'kept.backup')], { variables: await variables() });
    if (TEST_SERVER) execFileSync('sh', ['-c', out.trim().replace(' --password', '')]);
    else expect(code).toBe(0);
  };
  const run = async ({ name, args = [], input }: CommandRow, given: Record<string, string>) => {
    const { code, out, err } = await mooring([...name.split(' '), ...args], { cwd, variables: given, input });
    expect(err).not.toContain('    at ');
    return { code, said: `${err}${out}` };
  };
  const digests = async (of: string) => {
    const names = (await readdir(of, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    const all = names.map(async ({ parentPath, name }) => {
      const digest = createHash('sha256').update(await readFile(join(parentPath, name)));
      return [name, digest.digest('hex')] as const;
    });
    return Object.fromEntries(await Promise.all(all));
  };
  const rowsNow = async () => storedRows(readEnvironment(await variables()).database);

  it('has a row in the table of these stories', async () => {
    const named = await namesOfCommands();
    expect(named.sort()).toEqual([...COMMAND_TABLE.map(({ name }) => name), 'start'].sort());
  });

  it.each(ROWS)('says what it found in a folder without configuration, and creates nothing: %s', async (_name, row) => {
    const before = await digests(cwd);
    const { code, said } = await run(row, {});
    expect(code).toBe(row.unconfigured.code);
    expect(said).toMatch(row.unconfigured.says);
    expect(await digests(cwd)).toEqual(before);
  });

  it.each(ROWS)('changes nothing with a wrong key: %s', async (_name, row) => {
    const [before, rows] = [await digests(cwd), await rowsNow()];
    const { code, said } = await run(row, { ...(await variables()), ENCRYPTION_KEY: OTHER_KEY });
    expect(code).toBe(row.wrongKey.code);
    expect(said).toMatch(row.wrongKey.says);
    // What ends well needs no installation, and names none.
    if (code !== 0) expect(said).toContain('Encryption key: ENCRYPTION_KEY\n');
    expect(await digests(cwd)).toEqual(before);
    const now = await rowsNow();
    expect([...tablesChanged(rows, now), ...tablesGrown(rows, now)].filter((table) => !ALWAYS.includes(table))).toEqual(
      [],
    );
  });

  it.each(ROWS)('creates nothing where the database is missing, or its server is down: %s', async (_name, row) => {
    const gone = TEST_SERVER
      ? `mysql://lin:hush-hush@127.0.0.1:${await freePort()}/mooring`
      : `sqlite:${join(cwd, 'gone', 'mooring.db')}`;
    const before = await digests(cwd);
    const given = { ...(await variables()), DATA_DIR: cwd, DATABASE_URL: gone };
    const { code, said } = await run(row, given);
    expect(code).toBe(row.noDatabase.code);
    expect(said).toMatch(row.noDatabase.says);
    expect(said).not.toContain('hush');
    expect(await digests(cwd)).toEqual(before);
  });

  it.each(ROWS)('changes only what it says, beside a server and its writes: %s', async (_name, row) => {
    let isOver = false;
    const refused: string[] = [];
    const write = async (index: number): Promise<void> => {
      const input = { name: `token ${row.name} ${index}`, role: 'VERIFIER' };
      const { errors } = await server.ask(ADMIN_PASSWORD, CREATE_TOKEN, { input });
      if (errors) refused.push(errors[0].extensions.code);
      if (!isOver) await write(index + 1);
    };
    const [before, rows] = [await digests(cwd), await rowsNow()];
    const writing = write(0);
    const { code, said } = await run(row, await variables());
    isOver = true;
    await writing;
    // A request that is checked by a password while it is replaced is refused; the one writer can meet that only once.
    expect(row.replacesPassword ? [[], ['INVALID_CREDENTIALS']] : [[]]).toContainEqual(refused);
    expect(code).toBe(row.besideServer.code);
    expect(said).toMatch(row.besideServer.says);
    const { [row.makes ?? '']: made, ...others } = await digests(cwd);
    expect(others).toEqual(before);
    expect(Boolean(made)).toBe(row.makes !== undefined);
    const now = await rowsNow();
    const may = [...ALWAYS, ...(row.changes ?? [])];
    expect(tablesChanged(rows, now).filter((table) => !may.includes(table))).toEqual([]);
    expect(tablesGrown(rows, now).filter((table) => ![...may, ...WRITTEN].includes(table))).toEqual([]);
  });
});
