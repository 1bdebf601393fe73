import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CONFIGURATION, UPDATE_CONFIGURATION } from './documents.js';
import { databaseVariables, dropDatabase } from './fresh-database.js';
import { Answer, Asker, postGraphql } from './graphql.js';
import type { Site } from './oidc-scenario.js';
import { ServerProcess } from './server-process.js';

const ADMIN_PASSWORD = 'Admin-password-1';
const COUNTER = join(import.meta.dirname, 'code-counter.js');

/** A text that was made to code, and by whom. */
export interface MadeToCode {
  readonly kind: string;
  readonly stack: readonly string[];
}

/** What a process needs in its environment to write down each text that it makes to code. */
export function countingVariables(file: string): Record<string, string> {
  return { NODE_OPTIONS: `--import=${COUNTER}`, CODE_COUNTER_FILE: file };
}

/** What has been written down in a file so far. */
export async function madeToCode(file: string): Promise<MadeToCode[]> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as MadeToCode);
}

/** The built server, as a process that writes down each text that it makes to code. */
export class CountedProcess implements Site {
  readonly admin: Asker = { basic: Buffer.from(`admin:${ADMIN_PASSWORD}`).toString('base64') };
  readonly adminPassword = ADMIN_PASSWORD;

  private constructor(
    private readonly process: ServerProcess,
    private readonly folder: string,
    private readonly file: string,
  ) {}

  /** Starts one over a new database, and waits until it is ready. */
  static async start(): Promise<CountedProcess> {
    const folder = await mkdtemp(join(tmpdir(), 'mooring-counted-'));
    const file = join(folder, 'made-to-code');
    await writeFile(file, '');
    const database = { DATA_DIR: folder, ...(await databaseVariables(folder)) };
    const process = await ServerProcess.start({ ...database, ADMIN_PASSWORD, ...countingVariables(file) });
    await process.ready();
    return new CountedProcess(process, folder, file);
  }

  get url(): string {
    return this.process.url;
  }

  /** What it has written in its log. */
  get output(): string {
    return this.process.output;
  }

  /** Every text that it has made to code so far. */
  madeToCode(): Promise<MadeToCode[]> {
    return madeToCode(this.file);
  }

  /** Asks GraphQL. */
  ask(asker: Asker, query: string, variables: object = {}): Promise<Answer> {
    return postGraphql(this.url, asker, JSON.stringify({ query, variables }));
  }

  /** Changes the configuration, from whatever revision is in force. */
  async configure(patch: object): Promise<Answer> {
    const { revision } = (await this.ask(this.admin, CONFIGURATION)).data.configuration;
    return this.ask(this.admin, UPDATE_CONFIGURATION, { input: { revision, patch } });
  }

  /** Ends it and removes its files. */
  async stop(): Promise<void> {
    if (this.process.isRunning) await this.process.end('SIGTERM');
    await dropDatabase(this.folder);
    await rm(this.folder, { recursive: true, force: true });
  }
}
