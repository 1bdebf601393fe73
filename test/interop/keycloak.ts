import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../support/free-port.js';
import { JAVA, prepared } from './prepared.js';

const LOOK_AGAIN_MS = 100;
/** Ample for a busy machine, and less than what a story may take. */
const START_SECONDS = 400;
/** The administrator whom the prepared database has. */
const ADMINISTRATOR = { username: 'admin', password: 'interop' };

/** As kc.sh has them, but for the garbage collector, which a small machine starts faster. */
const JAVA_OPTIONS = [
  ...['--add-opens=java.base/java.util=ALL-UNNAMED', '--add-opens=java.base/java.util.concurrent=ALL-UNNAMED'],
  ...['--add-opens=java.base/java.security=ALL-UNNAMED', '--add-opens=java.base/java.lang=ALL-UNNAMED'],
  ...['--enable-native-access=ALL-UNNAMED', '-Djava.util.logging.manager=org.jboss.logmanager.LogManager'],
  ...['-Dpicocli.disable.closures=true', '-XX:MaxMetaspaceSize=256m', '-Xmx512m'],
  '-Djava.util.concurrent.ForkJoinPool.common.threadFactory=io.quarkus.bootstrap.forkjoin.QuarkusForkJoinWorkerThreadFactory',
  '-XX:+UseSerialGC',
];

/** Keycloak on a loopback address, with a database of its own that outlives restarts. */
export class Keycloak {
  private process: ChildProcess | undefined;
  private token: Promise<string> = Promise.resolve('none yet');

  private constructor(
    private readonly home: string,
    readonly port: number,
  ) {}

  /** Starts one that knows no realm but its own. */
  static async start(): Promise<Keycloak> {
    const installed = prepared('keycloak');
    const home = await mkdtemp(join(tmpdir(), 'mooring-keycloak-'));
    for (const name of await readdir(installed)) {
      if (name !== 'data') await symlink(join(installed, name), join(home, name));
    }
    await cp(join(installed, 'data'), join(home, 'data'), { recursive: true });
    const keycloak = new Keycloak(home, await freePort());
    await keycloak.resume();
    return keycloak;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Starts it again where it was. */
  async resume(): Promise<void> {
    const args = ['-cp', join(this.home, 'lib/quarkus-run.jar'), 'io.quarkus.bootstrap.runner.QuarkusEntryPoint'];
    const places = [`-Dkc.home.dir=${this.home}`, `-Djboss.server.config.dir=${join(this.home, 'conf')}`];
    const addresses = [
      '--http-host=127.0.0.1',
      `--http-port=${this.port}`,
      `--http-management-port=${await freePort()}`,
    ];
    const options = ['--optimized', '--http-enabled=true', '--hostname-strict=false', '--cache=local', ...addresses];
    this.process = spawn(join(JAVA, 'bin/java'), [...JAVA_OPTIONS, ...places, ...args, 'start', ...options], {
      env: { PATH: process.env.PATH },
      stdio: 'pipe',
    });
    let output = '';
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream?.on('data', (chunk: Buffer) => (output += chunk.toString()));
    }
    const deadline = AbortSignal.timeout(START_SECONDS * 1000);
    while (!(await fetch(`${this.url}/realms/master`, { signal: deadline }).catch(() => undefined))?.ok) {
      if (deadline.aborted) this.process.kill('SIGKILL');
      if (deadline.aborted || this.process.exitCode !== null) throw new Error(`Keycloak did not start:\n${output}`);
      await pause(LOOK_AGAIN_MS);
    }
  }

  /** Ends it; its database stays. */
  async pause(): Promise<void> {
    if (!this.process) return;
    const ended = once(this.process, 'exit');
    if (this.process.kill('SIGTERM')) await ended;
  }

  async stop(): Promise<void> {
    await this.pause();
    await rm(this.home, { recursive: true, force: true });
  }

  /** Sends a request to the admin REST API. Fails where Keycloak refuses it; answers with JSON, or else null. */
  async admin(method: string, path: string, body?: unknown) {
    const response = await this.send(method, path, body);
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} got ${response.status}: ${text}`);
    return text === '' ? null : JSON.parse(text);
  }

  /** A token lives for a minute, and lacks the rights to realms that were created after it: then there is a new one. */
  private async send(method: string, path: string, body?: unknown): Promise<Response> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const ask = async () => {
      const headers = { authorization: `Bearer ${await this.token}`, 'content-type': 'application/json' };
      return fetch(`${this.url}/admin/realms${path}`, { method, headers, body: text });
    };
    const response = await ask();
    if (response.status !== 401 && response.status !== 403) return response;
    this.token = this.newToken();
    return ask();
  }

  private async newToken(): Promise<string> {
    const form = new URLSearchParams({ grant_type: 'password', client_id: 'admin-cli', ...ADMINISTRATOR });
    const url = `${this.url}/realms/master/protocol/openid-connect/token`;
    const response = await fetch(url, { method: 'POST', body: form });
    return ((await response.json()) as { access_token: string }).access_token;
  }
}
