import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cwd, execPath } from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { Browser } from '../support/browser.js';
import { CONFIGURATION, LOGIN, UPDATE_CONFIGURATION } from '../support/documents.js';
import { freePort } from '../support/free-port.js';
import { Answer, Asker, postGraphql } from '../support/graphql.js';
import { LoadBalancer } from '../support/load-balancer.js';
import type { Site } from '../support/oidc-scenario.js';
import { ServerProcess } from '../support/server-process.js';

const LOOK_AGAIN_MS = 5;
const ADMIN_PASSWORD = 'Admin-password-1';

/** The folder in which a release is built. */
export type Release = string;
/** The release that is tested: this one. */
export const THIS_RELEASE: Release = cwd();

/**
 * Release 0.1.0, from which installations are upgraded.
 *
 * @throws an error that says how to build it, if it is not built
 */
export function earlierRelease(): Release {
  return execFileSync('tools/upgrade/prepare.sh', ['--folder'], { encoding: 'utf8' }).trim();
}

/** Servers of one or two releases on one database, behind one address. */
export class Installation implements Site {
  readonly admin: Asker = { basic: Buffer.from(`admin:${ADMIN_PASSWORD}`).toString('base64') };
  /** The servers behind the address. */
  readonly servers: ServerProcess[] = [];
  private readonly started: ServerProcess[] = [];
  private readonly underWay = new Map<string, number>();

  private constructor(
    readonly folder: string,
    private readonly front: LoadBalancer,
    readonly variables: Record<string, string>,
  ) {}

  /** Creates one without a server, on the database that this returns for its folder. */
  static async create(databaseIn: (folder: string) => string): Promise<Installation> {
    const folder = await mkdtemp(join(tmpdir(), 'mooring-upgrade-'));
    const ports = () => installation.servers.map(({ url }) => Number(new URL(url).port));
    const front = await LoadBalancer.open(ports);
    const variables = {
      ...{ ENCRYPTION_KEY: randomBytes(32).toString('base64'), DATA_DIR: folder, ADMIN_PASSWORD },
      ...{ PUBLIC_URL: front.url, DATABASE_URL: databaseIn(folder), LOG_LEVEL: 'info' },
    };
    const installation = new Installation(folder, front, variables);
    return installation;
  }

  get url(): string {
    return this.front.url;
  }

  /** Starts a server of a release, which is not behind the address yet, and does not wait until it is ready. */
  async begin(release: Release, changes: Record<string, string> = {}): Promise<ServerProcess> {
    const url = `http://localhost:${await freePort()}`;
    const variables = { ...this.variables, ...changes };
    const server = ServerProcess.run([execPath, 'dist/src/main.js'], { url, variables, cwd: release });
    this.started.push(server);
    return server;
  }

  /** Starts a server of a release; it is behind the address once it is ready. */
  async start(release: Release): Promise<ServerProcess> {
    const server = await (await this.begin(release)).ready();
    this.servers.push(server);
    return server;
  }

  /** Stops a server as an operator does: no new request leads to it, and those under way are answered first. */
  async end(server: ServerProcess): Promise<void> {
    this.servers.splice(this.servers.indexOf(server), 1);
    while (this.underWay.get(server.url)) await pause(LOOK_AGAIN_MS);
    await server.end('SIGTERM');
  }

  /** Sends a GraphQL request to the next server. */
  ask(asker: Asker, query: string, variables: object = {}): Promise<Answer> {
    return this.askAt(this, asker, query, variables);
  }

  /** Sends a GraphQL request to one server. */
  async askAt({ url }: { readonly url: string }, asker: Asker, query: string, variables: object = {}): Promise<Answer> {
    this.count(url, 1);
    return postGraphql(url, asker, JSON.stringify({ query, variables })).finally(() => this.count(url, -1));
  }

  /** A session of the built-in administrator. */
  async adminSession(): Promise<Browser> {
    const browser = new Browser();
    await this.ask(browser, LOGIN, { input: { username: 'admin', password: ADMIN_PASSWORD } });
    return browser;
  }

  /** Changes the configuration, from the current revision. */
  async configure(patch: object): Promise<Answer> {
    const { revision } = (await this.ask(this.admin, CONFIGURATION)).data.configuration;
    return this.ask(this.admin, UPDATE_CONFIGURATION, { input: { revision, patch } });
  }

  /** Stops everything and removes the files. */
  async stop(): Promise<void> {
    await Promise.all(this.started.filter(({ isRunning }) => isRunning).map((server) => server.end('SIGKILL')));
    await this.front.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  private count(url: string, more: number): void {
    this.underWay.set(url, (this.underWay.get(url) ?? 0) + more);
  }
}
