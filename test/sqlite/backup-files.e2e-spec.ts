import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cp, lstat, mkdir, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { ME } from '../support/documents.js';
import { mooring } from '../support/mooring-command.js';
import { ServerFolder } from '../support/server-folder.js';

const ACTIONS = '{ auditEvents(first: 100) { edges { node { action outcome actor { kind } } } } }';

describe('The files of mooring backup and restore', () => {
  let folder: ServerFolder;
  beforeEach(async () => (folder = await ServerFolder.create()));
  afterEach(() => folder.remove());

  const pathOf = (name: string) => join(folder.path, name);
  const run = (args: readonly string[], changes: Record<string, string> = {}) => {
    const variables = { DATA_DIR: folder.path, DATABASE_URL: `sqlite:${pathOf('mooring.db')}`, ...changes };
    return mooring(args, { variables });
  };

  it('a backup is one file for its owner only, is in the audit log, and overwrites nothing', async () => {
    const server = await (await folder.start()).ready();
    const { code, out, err } = await run(['backup', pathOf('made.db')]);
    expect(code).toBe(0);
    expect(out).toContain(`Keep it in another place; it is from: ${pathOf('encryption.key')}`);
    expect(err).toContain(`Database: ${pathOf('mooring.db')}\n`);
    expect(((await stat(pathOf('made.db'))).mode & 0o777).toString(8)).toBe('600');
    expect((await readdir(folder.path)).filter((name) => name.startsWith('made'))).toEqual(['made.db']);
    const { data } = await server.ask(await folder.adminPassword(), ACTIONS);
    expect(data.auditEvents.edges.map(({ node }: { node: object }) => node)).toContainEqual({
      ...{ action: 'database.backup', outcome: 'SUCCEEDED', actor: { kind: 'SYSTEM' } },
    });
    const before = await readFile(pathOf('made.db'));
    const again = await run(['backup', pathOf('made.db')]);
    expect(again).toMatchObject({ code: 1, err: expect.stringContaining('exists already, and was not changed') });
    const nowhere = await run(['backup', pathOf('missing/made.db')]);
    expect(nowhere).toMatchObject({ code: 1, err: expect.stringContaining("can't be created (ENOENT)") });
    expect(await readFile(pathOf('made.db'))).toEqual(before);
    await server.end('SIGTERM');
  });

  it('a plain copy of a live database is told from a backup, by the check and by the restore', async () => {
    const server = await (await folder.start()).ready();
    await cp(pathOf('mooring.db'), pathOf('copy.db'));
    for (const args of [['--check'], []]) {
      const changes = { DATABASE_URL: `sqlite:${pathOf('new/mooring.db')}` };
      const { code, err } = await run(['restore', pathOf('copy.db'), ...args], changes);
      expect(code).toBe(1);
      expect(err).toMatch(/copy\.db (is empty|holds no installation)/);
    }
    expect(await readdir(folder.path)).not.toContain('new');
    await server.end('SIGTERM');
  });

  it('a copy together with its write-ahead log is as good as a backup, and is not changed', async () => {
    const server = await (await folder.start()).ready();
    const password = await folder.adminPassword();
    for (const suffix of ['', '-wal']) await cp(pathOf(`mooring.db${suffix}`), pathOf(`copy.db${suffix}`));
    const before = await readFile(pathOf('copy.db-wal'));
    await server.end('SIGKILL');
    const place = { DATABASE_URL: `sqlite:${pathOf('new/mooring.db')}` };
    expect((await run(['restore', pathOf('copy.db')], place)).code).toBe(0);
    expect(await readFile(pathOf('copy.db-wal'))).toEqual(before);
    expect(await readdir(pathOf('new'))).toEqual(['mooring.db']);
    const restored = await (await folder.start(place)).ready();
    expect((await restored.ask(password, ME)).data.me.username).toBe('admin');
    await restored.end('SIGTERM');
  });

  it('an existing database is replaced only with --replace, without a server, and is kept', async () => {
    const server = await (await folder.start()).ready();
    const password = await folder.adminPassword();
    await run(['backup', pathOf('made.db')]);
    const refused = await run(['restore', pathOf('made.db')]);
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('it was not changed') });
    const inUse = await run(['restore', pathOf('made.db'), '--replace']);
    expect(inUse).toMatchObject({
      code: 1,
      err: expect.stringContaining('Stop the server first; nothing was changed.'),
    });
    expect((await server.ask(password, ME)).data.me.username).toBe('admin');
    await server.end('SIGTERM');

    const { code, out } = await run(['restore', pathOf('made.db'), '--replace']);
    expect(code).toBe(0);
    const [, kept = ''] = /The database that was there is now (.*)\n/.exec(out) ?? [];
    expect((await run(['restore', kept, '--check'])).code).toBe(0);
    const names = (await readdir(folder.path)).filter((name) => /^mooring\.db\.(restored|.*unfinished)/.test(name));
    expect(names).toEqual([]);
    const again = await (await folder.start()).ready();
    expect((await again.ask(password, ME)).data.me.username).toBe('admin');
    await again.end('SIGTERM');
  });

  it('nothing is put in place of a database that was moved away under a running server', async () => {
    const server = await (await folder.start()).ready();
    await run(['backup', pathOf('made.db')]);
    await rename(pathOf('mooring.db'), pathOf('moved.db'));
    const refused = await run(['restore', pathOf('made.db'), '--replace']);
    expect(refused).toMatchObject({ code: 1, out: '', err: expect.stringContaining('Stop the server first') });
    expect(await readdir(folder.path)).not.toContain('mooring.db');
    await server.end('SIGKILL');
    expect((await run(['restore', pathOf('made.db'), '--replace'])).code).toBe(0);
  });

  it('is put where a link leads, and not in place of the link', async () => {
    await mkdir(pathOf('volume'));
    await symlink(pathOf('volume/mooring.db'), pathOf('mooring.db'));
    await (await (await folder.start()).ready()).end('SIGTERM');
    await run(['backup', pathOf('made.db')]);
    expect((await run(['restore', pathOf('made.db'), '--replace'])).code).toBe(0);
    expect((await lstat(pathOf('mooring.db'))).isSymbolicLink()).toBe(true);
    expect(await readdir(pathOf('volume'))).toContainEqual(expect.stringMatching(/^mooring\.db\.replaced-/));
    await (await (await folder.start()).ready()).end('SIGTERM');
  });

  it('needs the key, which is not in the backup', async () => {
    await (await (await folder.start()).ready()).end('SIGTERM');
    await run(['backup', pathOf('made.db')]);
    const key = (await readFile(pathOf('encryption.key'), 'utf8')).trim();
    expect((await readFile(pathOf('made.db'), 'latin1')).includes(key)).toBe(false);
    await rm(pathOf('encryption.key'));
    const { code, err } = await run(['restore', pathOf('made.db'), '--check']);
    expect(code).toBe(1);
    expect(err).toContain('Encryption key: none (ENCRYPTION_KEY is not set, and there is no ');
    expect(err).toContain('no encryption key was given. Set ENCRYPTION_KEY, or restore encryption.key in DATA_DIR.');
    expect((await run(['restore', pathOf('made.db'), '--check'], { ENCRYPTION_KEY: key })).code).toBe(0);
  });
});
