import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { readdir, rm, stat, writeFile } from 'node:fs/promises';
import { AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ME } from './support/documents.js';
import { TEST_SERVER } from './support/fresh-database.js';
import { ServerFolder } from './support/server-folder.js';

// With a database server the key is given, for replicas share no folder.
const KEPT_FILES = TEST_SERVER ? ['admin-password'] : ['admin-password', 'encryption.key'];

/** Makes Node refuse a native module, as it does with one that was built for another Node. */
const foreignModule = (name: string) => `
  const load = process.dlopen;
  process.dlopen = function (module, file, ...rest) {
    if (!file.includes(${JSON.stringify(name)})) return load.call(this, module, file, ...rest);
    throw Object.assign(new Error('compiled against a different Node.js version'), { code: 'ERR_DLOPEN_FAILED' });
  };`;

describe('The start of the server', () => {
  let folder: ServerFolder;
  beforeEach(async () => (folder = await ServerFolder.create()));
  afterEach(() => folder.remove());

  const modeOf = async (name: string) => ((await stat(join(folder.path, name))).mode & 0o777).toString(8);

  it('starts with nothing but defaults: makes the administrator and the keys, and says where the password is', async () => {
    const server = await (await folder.start()).ready();
    expect(server.output).toContain(join(folder.path, 'admin-password'));
    const password = await folder.adminPassword();
    expect(server.output).not.toContain(password);
    const isOld = process.versions.node.startsWith('20.');
    expect(server.output.split('no security fixes')).toHaveLength(isOld ? 2 : 1);
    expect((await server.ask(password, ME)).data.me.username).toBe('admin');
    for (const name of KEPT_FILES) expect(await modeOf(name)).toBe('600');
    await server.end('SIGTERM');
  });

  it('makes one administrator and one key when three start at the same moment over one folder', async () => {
    const all = await Promise.all([1, 2, 3].map(() => folder.start({ ALLOW_SECOND_SERVER: 'true' })));
    await Promise.all(all.map((server) => server.ready()));
    const password = await folder.adminPassword();
    for (const server of all) expect((await server.ask(password, ME)).data.me.username).toBe('admin');
    expect((await readdir(folder.path)).filter((name) => !name.startsWith('mooring.db')).sort()).toEqual(KEPT_FILES);
    await Promise.all(all.map((server) => server.end('SIGTERM')));
  });

  it('refuses to start with another key than the database was sealed with, and leaves all as it was', async () => {
    await (await (await folder.start()).ready()).end('SIGTERM');
    const other = await folder.start({ ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64') });
    expect(await other.exit()).toBe(1);
    expect(other.output).toContain('The encryption key is not the one');
    expect(other.output).not.toContain('    at ');
  });

  it('refuses to start without the key, and makes no new one', async () => {
    await (await (await folder.start()).ready()).end('SIGTERM');
    await rm(join(folder.path, 'encryption.key'), { force: true });
    expect(await (await folder.start({ ENCRYPTION_KEY: '' })).exit()).toBe(1);
    expect(await readdir(folder.path)).not.toContain('encryption.key');
  });

  it.each(['x86_64-conda-linux-gnu', 'not a name', '192.0.2.1', '[::1]', '999.1.1.1'])(
    'refuses to listen on what is no address of this machine, and names HOST: %s',
    async (HOST) => {
      const server = await folder.start({ HOST });
      expect(await server.exit()).toBe(1);
      expect(server.output).toContain(`- HOST (${JSON.stringify(HOST)}) is not an address of this machine.`);
      expect(server.output).not.toContain('    at ');
      expect(await readdir(folder.path)).toEqual([]);
    },
  );

  it('refuses to listen on a port that is in use, and names PORT', async () => {
    const first = await (await folder.start()).ready();
    const second = await folder.start({ PORT: new URL(first.url).port, ALLOW_SECOND_SERVER: 'true' });
    expect(await second.exit()).toBe(1);
    expect(second.output).toContain(`- PORT ${new URL(first.url).port} is in use by another program.`);
    expect(second.output).not.toContain('    at ');
    await first.end('SIGTERM');
  });

  it('refuses a port in use before anything is made', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const server = await folder.start({ PORT: String(port) });
    expect(await server.exit()).toBe(1);
    expect(server.output).toContain(
      `- PORT ${port} is in use by another program. Stop it, or set PORT to another one.`,
    );
    expect(await readdir(folder.path)).toEqual([]);
    other.close();
    await once(other, 'close');
  });

  it.each([
    ...(TEST_SERVER
      ? []
      : [['better-sqlite3', /The SQLite driver better-sqlite3\S* was built for another Node/] as const]),
    ['argon2', /The package @node-rs\/argon2 has no binary for this Node \(\d/] as const,
  ])(
    'refuses a native module of another Node before anything is made, and says how to install it: %s',
    async (name, said) => {
      const hook = join(tmpdir(), `mooring-no-${name}-${process.pid}.cjs`);
      await writeFile(hook, foreignModule(name));
      const server = await folder.start({ NODE_OPTIONS: `--require ${hook}` });
      expect(await server.exit()).toBe(1);
      expect(server.output).toMatch(said);
      expect(server.output).toContain('run "npm ci"');
      expect(server.output).not.toContain('    at ');
      expect(await readdir(folder.path)).toEqual([]);
      await rm(hook);
    },
  );

  it('refuses to start with a wrong environment, and lists all that is wrong', async () => {
    const server = await folder.start({ PORT: 'eighty', PUBLIC_URL: 'nowhere', ADMIN_PASSWORD: 'weak-secret' });
    expect(await server.exit()).toBe(1);
    for (const name of ['PORT', 'PUBLIC_URL', 'ADMIN_PASSWORD']) expect(server.output).toContain(`- ${name} `);
    expect(server.output).not.toContain('weak-secret');
  });
});
