import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CONFIGURATION, CREATE_TOKEN, ME, TOKENS } from './support/documents.js';
import { databaseVariables, dropDatabase, TEST_SERVER } from './support/fresh-database.js';
import { ServerProcess } from './support/server-process.js';

interface TokenAnswer {
  readonly data?: { readonly createServiceToken?: object } | null;
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
}

describe('The server', () => {
  let folder: string;
  const started: ServerProcess[] = [];
  const start = async (changes: Record<string, string> = {}) => {
    const database = { DATA_DIR: folder, ...(await databaseVariables(folder)) };
    const server = await ServerProcess.start({ ...database, ...changes });
    started.push(server);
    return server;
  };

  // With a database server the key is given, for replicas share no folder.
  const keptFiles = TEST_SERVER ? ['admin-password'] : ['admin-password', 'encryption.key'];

  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'mooring-process-'))));
  afterEach(async () => {
    for (const server of started.splice(0)) if (server.process.exitCode === null) server.process.kill('SIGKILL');
    await dropDatabase(folder);
    await rm(folder, { recursive: true, force: true });
  });

  const passwordIn = async () => (await readFile(join(folder, 'admin-password'), 'utf8')).trim();
  const modeOf = async (name: string) => ((await stat(join(folder, name))).mode & 0o777).toString(8);

  it('starts with nothing but defaults: makes the administrator and the keys, and says where the password is', async () => {
    const server = await (await start()).ready();
    expect(server.output).toContain(join(folder, 'admin-password'));
    const password = await passwordIn();
    expect(server.output).not.toContain(password);
    const isOld = process.versions.node.startsWith('20.');
    expect(server.output.split('no security fixes')).toHaveLength(isOld ? 2 : 1);
    expect((await server.ask(password, ME)).data.me.username).toBe('admin');
    for (const name of keptFiles) expect(await modeOf(name)).toBe('600');
    await server.end('SIGTERM');
  });

  it('ends at SIGTERM, and keeps every write that it has acknowledged', async () => {
    const server = await (await start()).ready();
    const password = await passwordIn();
    const writes = Array.from({ length: 20 }, (_, index) =>
      server.ask(password, CREATE_TOKEN, { input: { name: `token ${index}`, role: 'VERIFIER' } }),
    );
    await Promise.all(writes.slice(0, 10));
    const others = Promise.allSettled(writes);
    await server.end('SIGTERM');
    const answered = (await others).flatMap((one) => (one.status === 'fulfilled' ? [one.value as TokenAnswer] : []));
    const acknowledged = answered.filter(({ data }) => data?.createServiceToken).length;
    const refusals = answered.flatMap(({ errors = [] }) => errors.map(({ extensions }) => extensions.code));
    expect(refusals.filter((code) => code !== 'SERVICE_UNAVAILABLE')).toEqual([]);
    const again = await (await start()).ready();
    const { totalCount } = (await again.ask(password, TOKENS, { first: 1 })).data.serviceTokens;
    expect(totalCount).toBeGreaterThanOrEqual(acknowledged);
    await again.end('SIGTERM');
  });

  it('keeps what it has acknowledged when it is killed', async () => {
    const server = await (await start()).ready();
    const password = await passwordIn();
    await server.ask(password, CREATE_TOKEN, { input: { name: 'kept', role: 'VERIFIER' } });
    await server.end('SIGKILL');
    const again = await (await start()).ready();
    expect((await again.ask(password, TOKENS, { first: 1 })).data.serviceTokens.totalCount).toBe(1);
    await again.end('SIGTERM');
  });

  it('makes one administrator and one key when three start at the same moment over one folder', async () => {
    const all = await Promise.all([start(), start(), start()]);
    await Promise.all(all.map((server) => server.ready()));
    const password = await passwordIn();
    for (const server of all) expect((await server.ask(password, ME)).data.me.username).toBe('admin');
    expect((await readdir(folder)).filter((name) => !name.startsWith('mooring.db')).sort()).toEqual(keptFiles);
    await Promise.all(all.map((server) => server.end('SIGTERM')));
  });

  it('takes a change made by another replica at the next request', async () => {
    const [one, other] = [await (await start()).ready(), await (await start()).ready()];
    const password = await passwordIn();
    const update =
      'mutation U($input: UpdateConfigurationInput!) { updateConfiguration(input: $input) { configuration { revision } } }';
    await one.ask(password, update, { input: { revision: 1, patch: { oidc: { name: 'Changed' } } } });
    expect((await other.ask(password, CONFIGURATION)).data.configuration.oidc.name).toBe('Changed');
    await Promise.all([one.end('SIGTERM'), other.end('SIGTERM')]);
  });

  it('refuses to start with another key than the database was sealed with, and leaves all as it was', async () => {
    await (await (await start()).ready()).end('SIGTERM');
    const other = await start({ ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64') });
    expect(await other.exit()).toBe(1);
    expect(other.output).toContain('The encryption key is not the one');
    expect(other.output).not.toContain('    at ');
  });

  it('refuses to start without the key, and makes no new one', async () => {
    await (await (await start()).ready()).end('SIGTERM');
    await rm(join(folder, 'encryption.key'), { force: true });
    expect(await (await start({ ENCRYPTION_KEY: '' })).exit()).toBe(1);
    expect(await readdir(folder)).not.toContain('encryption.key');
  });

  it('refuses to start with a wrong environment, and lists all that is wrong', async () => {
    const server = await start({ PORT: 'eighty', PUBLIC_URL: 'nowhere', ADMIN_PASSWORD: 'weak-secret' });
    expect(await server.exit()).toBe(1);
    for (const name of ['PORT', 'PUBLIC_URL', 'ADMIN_PASSWORD']) expect(server.output).toContain(`- ${name} `);
    expect(server.output).not.toContain('weak-secret');
  });
});
