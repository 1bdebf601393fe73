import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CREATE_TOKEN } from './support/documents.js';
import { databaseVariables, TEST_SERVER } from './support/fresh-database.js';
import { mooring } from './support/mooring-command.js';
import { ServerFolder } from './support/server-folder.js';
import { ServerProcess } from './support/server-process.js';

const run = promisify(execFile);
const TOKENS = `query($after: String) {
  serviceTokens(first: 100, after: $after) { edges { node { name } } pageInfo { hasNextPage endCursor } } }`;
const ACTIONS = '{ auditEvents(first: 100) { edges { node { action outcome actor { kind } } } } }';
const WRITERS = 8;
/** Writes that are acknowledged before the backup begins, and after it has ended. */
const [BEFORE, AFTER] = [200, 100];
const BY_SYSTEM = { outcome: 'SUCCEEDED', actor: { kind: 'SYSTEM' } };

interface TokenPage {
  readonly edges: readonly { readonly node: { readonly name: string } }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

/** Creates service tokens as fast as a server takes them. */
class Writers {
  readonly acknowledged: string[] = [];
  private readonly running: Promise<void>[];
  private isOver = false;
  private waiting: { readonly count: number; readonly done: () => void }[] = [];

  constructor(
    private readonly server: ServerProcess,
    private readonly password: string,
  ) {
    this.running = Array.from({ length: WRITERS }, (_, index) => this.write(index));
  }

  /** Waits until so many writes are acknowledged. */
  until(count: number): Promise<void> {
    return new Promise((done) => {
      this.waiting.push({ count, done });
      this.tell();
    });
  }

  async end(): Promise<void> {
    this.isOver = true;
    await Promise.all(this.running);
  }

  private async write(writer: number): Promise<void> {
    for (let index = 0; !this.isOver; index++) {
      const input = { name: `token ${writer}.${index}`, role: 'VERIFIER' };
      const answer = await this.server.ask(this.password, CREATE_TOKEN, { input }).catch(() => undefined);
      if (answer?.data?.createServiceToken) this.acknowledged.push(input.name);
      this.tell();
    }
  }

  private tell(): void {
    const reached = this.waiting.filter(({ count }) => this.acknowledged.length >= count);
    this.waiting = this.waiting.filter((one) => !reached.includes(one));
    for (const { done } of reached) done();
  }
}

describe('The restore drill', () => {
  let folder: ServerFolder;
  let elsewhere: ServerFolder;
  beforeEach(async () => {
    [folder, elsewhere] = [await ServerFolder.create(), await ServerFolder.create()];
  });
  afterEach(() => Promise.all([folder.remove(), elsewhere.remove()]));

  const variablesOf = async ({ path }: ServerFolder) => ({ DATA_DIR: path, ...(await databaseVariables(path)) });
  /** Runs the command of a tool that `mooring` has printed; root has no password here. */
  const runTool = (line: string) => run('sh', ['-c', line.replace(' --password', '')]);
  const backUp = async (file: string) => {
    const made = await mooring(['backup', file], { variables: await variablesOf(folder) });
    if (!TEST_SERVER) return made;
    expect(made.code).toBe(1);
    expect(made.err).toContain(`Nothing was backed up. Run this command`);
    await runTool(made.out.trim());
    return { ...made, code: 0 };
  };
  const restore = async (file: string, key: Record<string, string>) => {
    const variables = { ...(await variablesOf(elsewhere)), ...key };
    const done = await mooring(['restore', file], { variables });
    if (!TEST_SERVER) return done;
    expect(done.code).toBe(1);
    expect(done.err).toContain('Nothing was restored.');
    await runTool(done.out.trim());
    return { ...done, code: 0 };
  };
  const namesOn = async (server: ServerProcess, password: string) => {
    const names = new Set<string>();
    for (let after: string | null = null; ;) {
      const { edges, pageInfo }: TokenPage = (await server.ask(password, TOKENS, { after })).data.serviceTokens;
      for (const { node } of edges) names.add(node.name);
      if (!pageInfo.hasNextPage) return names;
      after = pageInfo.endCursor;
    }
  };
  const keyIds = async (server: ServerProcess) => (await fetch(`${server.url}/.well-known/jwks.json`)).text();

  it('has every write that was acknowledged before the backup, which is taken beside writes, after a kill', async () => {
    const server = await (await folder.start()).ready();
    const password = await folder.adminPassword();
    const keys = await keyIds(server);
    const writers = new Writers(server, password);
    await writers.until(BEFORE);
    const before = [...writers.acknowledged];
    const file = join(folder.path, 'made.backup');
    const made = await backUp(file);
    expect(made.code).toBe(0);
    await writers.until(writers.acknowledged.length + AFTER);
    await server.end('SIGKILL');
    await writers.end();

    const given = (await variablesOf(folder)) as Record<string, string>;
    if (!TEST_SERVER) await cp(join(folder.path, 'encryption.key'), join(elsewhere.path, 'encryption.key'));
    const key: Record<string, string> = TEST_SERVER ? { ENCRYPTION_KEY: given.ENCRYPTION_KEY! } : {};
    const check = await mooring(['restore', file, '--check'], {
      variables: { ...(await variablesOf(elsewhere)), ...key },
    });
    expect(check).toMatchObject({ code: 0, out: expect.stringContaining('the encryption key opens it: 1 users') });
    expect((await restore(file, key)).code).toBe(0);

    const restored = await (await elsewhere.start(key)).ready();
    const names = await namesOn(restored, password);
    expect(before.filter((name) => !names.has(name))).toEqual([]);
    expect(await keyIds(restored)).toBe(keys);
    if (!TEST_SERVER) {
      const { data } = await restored.ask(password, ACTIONS);
      const events = data.auditEvents.edges.map(({ node }: { node: object }) => node);
      expect(events).toContainEqual({ action: 'database.restore', ...BY_SYSTEM });
    }
    await restored.end('SIGTERM');
  });

  it('is refused with another key, without one, and where the backup was cut off; nothing is restored', async () => {
    await (await (await folder.start()).ready()).end('SIGTERM');
    const file = join(folder.path, 'made.backup');
    await backUp(file);
    const whole = await readFile(file);
    const cut = join(folder.path, 'cut.backup');
    await writeFile(cut, whole.subarray(0, Math.floor(whole.length / 2)));
    const empty = join(folder.path, 'empty.backup');
    await writeFile(empty, '');
    const own = (await variablesOf(folder)) as Record<string, string>;
    const withOther = { ...own, ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64') };
    for (const [from, variables, problem] of [
      [file, withOther, 'The encryption key is not the one'],
      [cut, own, /damaged|can't be read|-- Dump completed|neither a SQLite database/],
      [empty, own, 'is empty'],
      [join(folder.path, 'missing'), own, "can't be read (ENOENT)"],
    ] as const) {
      for (const more of [['--check'], []]) {
        const { code, out, err } = await mooring(['restore', from, ...more], { variables });
        expect({ code, out }).toEqual({ code: 1, out: '' });
        expect(err).toMatch(problem);
        expect(err).not.toContain('    at ');
      }
    }
    expect(await readFile(file)).toEqual(whole);
  });
});
