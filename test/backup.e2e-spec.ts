import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CREATE_TOKEN, UPDATE_CONFIGURATION, VERIFY } from './support/documents.js';
import { databaseVariables, TEST_SERVER } from './support/fresh-database.js';
import { mooring } from './support/mooring-command.js';
import { ServerFolder } from './support/server-folder.js';
import { ServerProcess } from './support/server-process.js';

const run = promisify(execFile);
const TOKENS = `query($after: String) {
  serviceTokens(first: 100, after: $after) { edges { node { name } } pageInfo { hasNextPage endCursor } } }`;
const ACTIONS = '{ auditEvents(first: 100) { edges { node { action outcome actor { kind } } } } }';
/** Writes are sent at this rate, whatever the server answers; a busy machine acknowledges fewer. */
const WRITES_A_SECOND = 200;
const EVERY_MS = 50;
/** So many may wait for an answer: a machine that can't keep up is not flooded. */
const MOST_WAITING = 100;
/** Writes that are acknowledged before the backup begins, and after it has ended. */
const [BEFORE, AFTER] = [400, 200];
/** Ample: on a busy machine with a database server the writes take minutes. */
const LONGEST_DRILL_MS = 600_000;
const CLIENT_SECRET = 'a-sealed-client-secret';
const BY_SYSTEM = { outcome: 'SUCCEEDED', actor: { kind: 'SYSTEM' } };

interface TokenPage {
  readonly edges: readonly { readonly node: { readonly name: string } }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

/** Creates service tokens, 200 in a second. */
class Writers {
  /** The name and the token of each write that was acknowledged, in that order. */
  readonly acknowledged: { readonly name: string; readonly token: string }[] = [];
  private readonly began = performance.now();
  private readonly timer: NodeJS.Timeout;
  private readonly waiting = new Set<Promise<void>>();
  private written = 0;
  private waiters: { readonly count: number; readonly done: () => void }[] = [];

  constructor(
    private readonly server: ServerProcess,
    private readonly password: string,
  ) {
    this.timer = setInterval(() => this.writeSome(), EVERY_MS);
  }

  /** Waits until so many writes are acknowledged. */
  until(count: number): Promise<void> {
    return new Promise((done) => {
      this.waiters.push({ count, done });
      this.tell();
    });
  }

  /** How many were acknowledged in a second so far. */
  get rate(): number {
    return Math.round((this.acknowledged.length * 1000) / (performance.now() - this.began));
  }

  async end(): Promise<void> {
    clearInterval(this.timer);
    await Promise.all(this.waiting);
  }

  private writeSome(): void {
    for (let left = (WRITES_A_SECOND * EVERY_MS) / 1000; left > 0 && this.waiting.size < MOST_WAITING; left--) {
      const one = this.write(`token ${this.written++}`).finally(() => this.waiting.delete(one));
      this.waiting.add(one);
    }
  }

  private async write(name: string): Promise<void> {
    const input = { name, role: 'VERIFIER' };
    const answer = await this.server.ask(this.password, CREATE_TOKEN, { input }).catch(() => undefined);
    const token = answer?.data?.createServiceToken?.token as string | undefined;
    if (token) this.acknowledged.push({ name, token });
    this.tell();
  }

  private tell(): void {
    const reached = this.waiters.filter(({ count }) => this.acknowledged.length >= count);
    this.waiters = this.waiters.filter((one) => !reached.includes(one));
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

  const statusFor = async (server: ServerProcess, token: string) => {
    const body = JSON.stringify({ query: VERIFY, variables: { username: 'nobody', secret: 'mrg_nothing' } });
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
    const answer = await fetch(`${server.url}/graphql`, { method: 'POST', headers, body });
    return ((await answer.json()) as { data: { verifyCliSecret: { status: string } } }).data.verifyCliSecret.status;
  };
  /** Opens every sealed value, and seals it with another key. */
  const rewrapped = async (given?: string) => {
    const old = given ?? (await readFile(join(elsewhere.path, 'encryption.key'), 'utf8')).trim();
    const ENCRYPTION_KEY = `${Buffer.alloc(32, 9).toString('base64')},${old}`;
    const variables = { ...(await variablesOf(elsewhere)), ENCRYPTION_KEY };
    const { out } = await mooring(['keys', 'rewrap', '--json'], { variables });
    return JSON.parse(out) as { resealed: number };
  };

  it(
    'has every write that was acknowledged before the backup, which is taken beside writes, after a kill',
    async () => {
      const server = await (await folder.start()).ready();
      const password = await folder.adminPassword();
      const keys = await keyIds(server);
      const patch = { oidc: { endpoint: 'http://localhost:1', clientId: 'mooring', clientSecret: CLIENT_SECRET } };
      const configured = await server.ask(password, UPDATE_CONFIGURATION, { input: { revision: 1, patch } });
      expect(configured.errors).toBeUndefined();
      const writers = new Writers(server, password);
      await writers.until(BEFORE);
      const before = [...writers.acknowledged];
      const file = join(folder.path, 'made.backup');
      const made = await backUp(file);
      expect(made.code).toBe(0);
      await writers.until(writers.acknowledged.length + AFTER);
      const { rate } = writers;
      await server.end('SIGKILL');
      await writers.end();
      process.stdout.write(`The restore drill: ${rate} acknowledged writes a second, of ${WRITES_A_SECOND} sent.\n`);

      const given = (await variablesOf(folder)) as Record<string, string>;
      if (!TEST_SERVER) await cp(join(folder.path, 'encryption.key'), join(elsewhere.path, 'encryption.key'));
      const key: Record<string, string> = TEST_SERVER ? { ENCRYPTION_KEY: given.ENCRYPTION_KEY! } : {};
      const check = await mooring(['restore', file, '--check'], {
        variables: { ...(await variablesOf(elsewhere)), ...key },
      });
      expect(check).toMatchObject({ code: 0, out: expect.stringContaining('the encryption key opens it: 1 user ') });
      expect((await restore(file, key)).code).toBe(0);

      const restored = await (await elsewhere.start(key)).ready();
      const names = await namesOn(restored, password);
      expect(before.filter(({ name }) => !names.has(name))).toEqual([]);
      for (const { token } of [before[0]!, before.at(-1)!])
        expect(await statusFor(restored, token)).toBe('AUTH_MODE_NOT_OIDC');
      expect(await keyIds(restored)).toBe(keys);
      if (!TEST_SERVER) {
        const { data } = await restored.ask(password, ACTIONS);
        const events = data.auditEvents.edges.map(({ node }: { node: object }) => node);
        expect(events).toContainEqual({ action: 'database.restore', ...BY_SYSTEM });
      }
      expect(await rewrapped(given.ENCRYPTION_KEY)).toMatchObject({ unopened: 0, isComplete: true });
      await restored.end('SIGTERM');
    },
    LONGEST_DRILL_MS,
  );

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
