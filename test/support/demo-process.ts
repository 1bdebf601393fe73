import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Browser } from './browser.js';
import { CLI_SECRET, ONBOARD, VERIFY } from './documents.js';
import { freePort } from './free-port.js';
import { postGraphql } from './graphql.js';

const DEMO = ['--import', import.meta.resolve('tsx'), resolve('demo/main.ts')];
const ENDED = Symbol('ended');

/** The demo as a process, with everything that it starts. */
export class DemoProcess {
  output = '';
  private readonly ended: Promise<[number | null, NodeJS.Signals | null]>;
  private readonly closed: Promise<unknown>;
  private readonly watchers = new Set<() => void>();

  constructor(readonly process: ChildProcess) {
    this.ended = once(process, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
    this.closed = once(process, 'close');
    for (const stream of [process.stdout, process.stderr]) {
      stream?.on('data', (chunk: Buffer) => {
        this.output += chunk.toString();
        for (const look of this.watchers) look();
      });
    }
  }

  /** Waits for a text; fails if the demo ends before. */
  async says(text: string | RegExp): Promise<this> {
    const isSaid = () => (typeof text === 'string' ? this.output.includes(text) : text.test(this.output));
    let look: () => void = () => undefined;
    const said = new Promise<void>((done) => (look = () => isSaid() && done()));
    this.watchers.add(look);
    look();
    const outcome = await Promise.race([said, this.closed.then(() => ENDED)]);
    this.watchers.delete(look);
    if (outcome === ENDED && !isSaid()) throw new Error(`The demo ended before it said ${text}:\n${this.output}`);
    return this;
  }

  /** Waits until everything runs. */
  ready(): Promise<this> {
    return this.says('Ctrl-C ends the demo.');
  }

  /** Waits until the demo and all that it has started have ended; gives the exit code, or the signal. */
  async end(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals | null> {
    if (signal) this.process.kill(signal);
    // All of them write to the same pipe, which is closed when the last one has ended.
    await this.closed;
    const [code, ending] = await this.ended;
    return code ?? ending;
  }

  get isRunning(): boolean {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  get url(): string {
    return this.found(/^Mooring runs at +(\S+)$/m);
  }

  get issuer(): string {
    return this.found(/^Its provider is +(\S+)$/m);
  }

  get adminPassword(): string {
    return this.found(/^The administrator is admin, with the password (\S+)$/m);
  }

  /** Logs in at the provider, chooses a user name, and gives the CLI secret. */
  async onboard(login: string): Promise<string> {
    const browser = new Browser();
    const page = await browser.open(`${this.url}/c/oidc/login?redirect_url=/profile`);
    await browser.submit(page, { login }, (next) => next.origin === this.url && next.pathname !== '/c/oidc/callback');
    await this.ask(browser, ONBOARD, { input: { username: login } });
    return (await this.ask(browser, CLI_SECRET)).data.cliSecret.secret;
  }

  /** Verifies a CLI secret with the printed service token. */
  async verify(username: string, secret: string): Promise<string> {
    const bearer = this.found(/authorization: Bearer (\S+?)'/);
    return (await this.ask({ bearer }, VERIFY, { username, secret })).data.verifyCliSecret.status;
  }

  /** Sends a GraphQL request. */
  ask(asker: Parameters<typeof postGraphql>[1], query: string, variables: object = {}) {
    return postGraphql(this.url, asker, JSON.stringify({ query, variables }));
  }

  private found(pattern: RegExp): string {
    const [, text] = pattern.exec(this.output) ?? [];
    if (text === undefined) throw new Error(`The demo did not say ${pattern}:\n${this.output}`);
    return text;
  }
}

/** A folder with the demos that run in it, as in a clone: data/demo is in it, and a PATH with nothing but what a story installs. */
export class DemoClone {
  private readonly started: DemoProcess[] = [];

  private constructor(readonly path: string) {}

  static async create(): Promise<DemoClone> {
    const clone = new DemoClone(await mkdtemp(join(tmpdir(), 'mooring-demo-')));
    await mkdir(clone.in('bin'));
    return clone;
  }

  in(...parts: string[]): string {
    return join(this.path, ...parts);
  }

  /** A file in the folder of the demo. */
  data(...parts: string[]): string {
    return this.in('data', 'demo', ...parts);
  }

  /** Installs a registry in place of Distribution's, or this program under its name. */
  async installRegistry(program = STAND_IN): Promise<void> {
    const file = this.in('bin', 'docker-registry');
    await writeFile(file, `#!${process.execPath}\n${program}`);
    await chmod(file, 0o755);
  }

  /** Starts the demo with exactly these flags. */
  start(...flags: string[]): DemoProcess {
    return this.run(process.execPath, [...DEMO, ...flags], this.in('bin'));
  }

  /** Starts the demo on free ports, and waits until everything runs. */
  async startOnFreePorts(...flags: string[]): Promise<DemoProcess> {
    return this.start(...(await freePorts()), ...flags).ready();
  }

  /** Starts the demo through npm, as `npm run demo` does, and waits until everything runs. */
  async startThroughNpm(): Promise<DemoProcess> {
    const demo = ['exec', process.execPath, ...DEMO].join(' ');
    await writeFile(this.in('package.json'), JSON.stringify({ scripts: { demo } }));
    return this.run('npm', ['run', '--silent', 'demo', '--', ...(await freePorts())], process.env.PATH ?? '').ready();
  }

  /** Kills the demos, and removes the folder. */
  async remove(): Promise<void> {
    for (const demo of this.started) await demo.end(demo.isRunning ? 'SIGKILL' : undefined);
    await rm(this.path, { recursive: true, force: true });
  }

  private run(program: string, args: readonly string[], path: string): DemoProcess {
    const env = { PATH: path, TMPDIR: tmpdir() };
    const demo = new DemoProcess(spawn(program, args, { cwd: this.path, env, stdio: ['ignore', 'pipe', 'pipe'] }));
    this.started.push(demo);
    return demo;
  }
}

async function freePorts(): Promise<string[]> {
  const [mooring, provider, registry] = [await freePort(), await freePort(), await freePort()];
  return ['--port', `${mooring}`, '--provider-port', `${provider}`, '--registry-port', `${registry}`];
}

/** A registry that sends its clients to the token service of its configuration, and ends where /crash is asked for. At /attendant it gives its parent. */
export const STAND_IN = `
const { createServer } = require('node:http');
const { readFileSync } = require('node:fs');
const [, , command, file] = process.argv;
if (command === '--version') process.exit(0);
const { http, auth } = JSON.parse(readFileSync(file, 'utf8'));
const [host, port] = http.addr.split(':');
const challenge = 'Bearer realm="' + auth.token.realm + '",service="registry"';
createServer((request, response) => {
  if (request.url === '/crash') process.exit(3);
  if (request.url === '/attendant') return response.end(String(process.ppid));
  response.writeHead(401, { 'www-authenticate': challenge }).end();
}).listen(Number(port), host);
`;
