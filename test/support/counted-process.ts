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

/** A text that was compiled to code, and its caller. */
export interface MadeToCode {
  readonly kind: string;
  readonly stack: readonly string[];
}

/** The environment variables that make a process record each text that it compiles to code. */
export function countingVariables(file: string): Record<string, string> {
  return { NODE_OPTIONS: `--import=${COUNTER}`, CODE_COUNTER_FILE: file };
}

/** The records in a file so far. */
export async function madeToCode(file: string): Promise<MadeToCode[]> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as MadeToCode);
}

/** The built server, as a process that records each text that it compiles to code. */
export class CountedProcess implements Site {
  readonly admin: Asker = { basic: Buffer.from(`admin:${ADMIN_PASSWORD}`).toString('base64') };
  readonly adminPassword = ADMIN_PASSWORD;

  private constructor(
    private readonly process: ServerProcess,
    private readonly folder: string,
    private readonly file: string,
  ) {}

  /** Starts one on a new database, and waits until it is ready. */
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

  /** Its log. */
  get output(): string {
    return this.process.output;
  }

  /** Every text that it has compiled to code so far. */
  madeToCode(): Promise<MadeToCode[]> {
    return madeToCode(this.file);
  }

  /** Sends a GraphQL request. */
  ask(asker: Asker, query: string, variables: object = {}): Promise<Answer> {
    return postGraphql(this.url, asker, JSON.stringify({ query, variables }));
  }

  /** Changes the configuration, from the current revision. */
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
