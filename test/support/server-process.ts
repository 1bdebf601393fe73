import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.js';

/** Ample for a busy machine; a server that cannot start exits by itself. */
const START_SECONDS = 150;
const LOOK_AGAIN_MS = 20;

/** What a server process finds. */
interface Surroundings {
  readonly url: string;
  readonly variables: Record<string, string>;
  /** The working directory; that of the tests by default. */
  readonly cwd?: string;
}

/** The built server, as a separate process. */
export class ServerProcess {
  output = '';
  private readonly ended: Promise<unknown>;
  private readonly closed: Promise<unknown>;

  private constructor(
    readonly process: ChildProcess,
    readonly url: string,
  ) {
    this.ended = once(process, 'exit');
    this.closed = once(process, 'close');
    for (const stream of [process.stdout, process.stderr]) {
      stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    }
  }

  /** Starts one with only these environment variables; with arguments, through the `mooring` command. */
  static async start(variables: Record<string, string>, command?: readonly string[]): Promise<ServerProcess> {
    const script = command ? ['dist/src/mooring.js', ...command] : ['dist/src/main.js'];
    const url = `http://localhost:${await freePort()}`;
    return ServerProcess.run([process.execPath, ...script], { url, variables: { PUBLIC_URL: url, ...variables } });
  }

  /** Starts one by this command line, for instance in another folder; its URL is told to it only as `PORT` and `HOST`. */
  static run([program = '', ...rest]: readonly string[], { url, variables, cwd }: Surroundings): ServerProcess {
    const env = { PATH: process.env.PATH, PORT: new URL(url).port, HOST: '127.0.0.1', ...variables };
    return new ServerProcess(spawn(program, rest, { env, cwd, stdio: 'pipe' }), url);
  }

  /** Waits until it is ready. */
  async ready(): Promise<this> {
    const deadline = AbortSignal.timeout(START_SECONDS * 1000);
    for (;;) {
      const answer = await fetch(`${this.url}/health/ready`, { signal: deadline }).catch(() => undefined);
      if (answer?.ok) return this;
      if (deadline.aborted || this.process.exitCode !== null)
        throw new Error(`The server did not start:\n${this.output}`);
      await sleep(LOOK_AGAIN_MS);
    }
  }

  /** Waits until it has said this. */
  async says(text: string): Promise<void> {
    while (!this.output.includes(text)) {
      if (!this.isRunning) throw new Error(`The server has ended without that:\n${this.output}`);
      await sleep(LOOK_AGAIN_MS);
    }
  }

  get isRunning(): boolean {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  /** Sends a signal and waits until the process ends. */
  async end(signal: NodeJS.Signals): Promise<void> {
    this.process.kill(signal);
    await this.ended;
  }

  /** Waits until the process and every process that writes to its output have ended. */
  async endOfOutput(): Promise<void> {
    await this.closed;
  }

  /** Waits until the process ends by itself. */
  async exit(): Promise<number | null> {
    await this.ended;
    return this.process.exitCode;
  }

  /** Sends a GraphQL request as the administrator. */
  async ask(password: string, query: string, variables: object = {}) {
    const authorization = `Basic ${Buffer.from(`admin:${password}`).toString('base64')}`;
    const headers = { 'content-type': 'application/json', authorization };
    const body = JSON.stringify({ query, variables });
    const response = await fetch(`${this.url}/graphql`, { method: 'POST', headers, body });

    return await response.json();
  }
}
