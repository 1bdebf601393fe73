import { ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createConnection } from 'mysql2/promise';
import { freePort } from './free-port.js';

const IN_MEMORY = '/dev/shm';
/** Ample for a busy machine; a server that cannot start exits by itself. */
const START_SECONDS = 150;
const POLL_MILLISECONDS = 50;

/** Tuned for many short-lived databases: writes need not survive a power failure. */
const FOR_TESTS = [
  ...[
    '--skip-name-resolve',
    '--skip-log-bin',
    '--skip-networking=0',
    '--bind-address=127.0.0.1',
    '--max-connections=800',
  ],
  ...['--innodb-flush-log-at-trx-commit=0', '--innodb-doublewrite=0', '--innodb-buffer-pool-size=128M'],
  ...['--innodb-file-per-table=0', '--innodb-stats-persistent=0', '--performance-schema=0', '--innodb-fast-shutdown=2'],
  // Unusual settings, because Mooring must not rely on the server's own.
  ...['--character-set-server=latin1', '--sql-mode=', '--default-time-zone=+05:00', '--group-concat-max-len=1024'],
];

/** A server that starts removes the temporary tables of every other one that shares the folder for them. */
const placesIn = (folder: string) => [`--datadir=${folder}/data`, `--tmpdir=${folder}`];

const IS_ROOT = process.getuid?.() === 0;
const PACKAGES_OWN = 'mysql';

/** A choice for the files of a server. */
export interface MariaDbOptions {
  /** Whether, of root's servers, this one runs as the user of the package; by default it runs as root. */
  readonly isUnprivileged?: boolean;
  /** Where its folder is made; by default in memory if possible, because hundreds of databases are created and dropped. */
  readonly within?: string;
}

/** How the programs of an installation are started. */
interface Installation {
  readonly install: readonly string[];
  readonly serve: readonly string[];
}

const ON_THE_PATH: Installation = {
  install: ['mariadb-install-db', '--no-defaults'],
  serve: ['mariadbd', '--no-defaults'],
};

/**
 * A later MariaDB in a folder, whose transactions are refused where they meet rows that were changed meanwhile, as is the default
 * from MariaDB 11.6 on. It would make a key for TLS at each start, which takes seconds; a key that a story names wins.
 */
function installationIn(home: string): Installation {
  const base = ['--no-defaults', `--basedir=${home}`];
  const later = [`--lc-messages-dir=${home}/share`, '--innodb-snapshot-isolation=ON', '--skip-ssl'];
  return {
    install: [`${home}/scripts/mariadb-install-db`, ...base],
    serve: [`${home}/bin/mariadbd`, ...base, ...later],
  };
}

/** The installation in the folder that MARIADB_HOME names, else the one on the PATH. */
function installation(): Installation {
  const { MARIADB_HOME: home } = process.env;
  return home ? installationIn(home) : ON_THE_PATH;
}

/** A MariaDB server in a temporary folder, on a free port of this machine, with root and no password. */
export class MariaDb {
  private process?: ChildProcess;

  private constructor(
    readonly folder: string,
    readonly port: number,
    private readonly more: readonly string[],
  ) {}

  /** Creates the files of a server, without starting it. */
  static prepare(...more: readonly string[]): Promise<MariaDb> {
    return MariaDb.prepareFor({}, more);
  }

  /** The same, with choices. */
  static async prepareFor(
    { isUnprivileged = false, within = existsSync(IN_MEMORY) ? IN_MEMORY : tmpdir() }: MariaDbOptions,
    more: readonly string[],
  ): Promise<MariaDb> {
    const folder = await mkdtemp(join(within, 'mooring-mariadb-'));
    const user = isUnprivileged ? PACKAGES_OWN : 'root';
    if (IS_ROOT) await promisify(execFile)('chown', [user, folder]);
    const asUser = IS_ROOT ? [`--user=${user}`] : [];
    const [program = '', ...base] = installation().install;
    const own = [...placesIn(folder), '--auth-root-authentication-method=normal', '--skip-test-db'];
    await promisify(execFile)(program, [...base, ...own, ...asUser]);
    return new MariaDb(folder, await freePort(), [...more, ...asUser]);
  }

  /** The address of the server, or of a database in it. */
  url(database = ''): string {
    return `mysql://root@127.0.0.1:${this.port}/${database}`;
  }

  /** The version of the server, such as `10.11.19-MariaDB`. */
  async version(): Promise<string> {
    const connection = await createConnection(this.url());
    const [rows] = await connection.query('SELECT VERSION() AS version');
    connection.destroy();
    return (rows as { version: string }[])[0]?.version ?? '';
  }

  /** Starts the server, unless it is running, and waits until it answers; options given here are for this time only. */
  async start(...now: readonly string[]): Promise<this> {
    if (this.process) return this;
    const started = this.spawn(now);
    let output = '';
    started.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    this.process = started;
    const deadline = performance.now() + START_SECONDS * 1000;
    while (!(await this.answers())) {
      if (started.exitCode !== null || started.signalCode !== null || performance.now() > deadline)
        throw new Error(`MariaDB did not start:\n${output}`);
      await pause(POLL_MILLISECONDS);
    }
    return this;
  }

  /** Runs the stopped server with options that let it end by itself, and returns what it printed. */
  async printed(...now: readonly string[]): Promise<string> {
    const started = this.spawn(now);
    let output = '';
    started.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    await once(started, 'close');
    return output;
  }

  /** Stops the server; its files stay, so that it can be started again. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    const running = this.process;
    this.process = undefined;
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const ended = once(running, 'exit');
    running.kill(signal);
    await ended;
  }

  /** Sends a signal to the server, such as one that makes it hang. */
  signal(signal: NodeJS.Signals): void {
    this.process?.kill(signal);
  }

  /** Stops the server and removes its files. */
  async remove(): Promise<void> {
    await this.stop('SIGKILL');
    await rm(this.folder, { recursive: true, force: true });
  }

  private spawn(now: readonly string[]) {
    const { folder, port } = this;
    const [program = '', ...base] = installation().serve;
    const own = [...placesIn(folder), `--socket=${folder}/socket`, `--port=${port}`, `--pid-file=${folder}/pid`];
    return spawn(program, [...base, ...own, ...FOR_TESTS, ...this.more, ...now], { stdio: 'pipe' });
  }

  private async answers(): Promise<boolean> {
    try {
      const connection = await createConnection(this.url());
      await connection.end();
      return true;
    } catch {
      return false;
    }
  }
}
