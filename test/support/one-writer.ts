import { ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { createConnection } from 'mysql2/promise';
import type { DatabaseServers } from './cluster.js';
import { freePort } from './free-port.js';
import { GaleraCluster } from './galera.js';

const EXAMPLE = 'examples/haproxy';
const PROGRAM = 'haproxy';
/** Where Debian has it; the PATH of an ordinary user lacks it. */
const PATHS = '/usr/sbin';
const LOOK_AGAIN_MS = 20;
const LOGGED = 'stdout format raw daemon notice';

/** A Galera cluster behind the HAProxy of examples/haproxy, which gives all connections to one node. */
export class OneWriter implements DatabaseServers {
  output = '';

  private constructor(
    readonly galera: GaleraCluster,
    private readonly process: ChildProcess,
    private readonly folder: string,
    private readonly port: number,
  ) {}

  /** Starts HAProxy before a cluster, which belongs to it from now on. */
  static async before(galera: GaleraCluster): Promise<OneWriter> {
    for (const statement of await setup()) await galera.nodes[0]!.query(statement);
    const [folder, port] = [await mkdtemp(join(tmpdir(), 'mooring-haproxy-')), await freePort()];
    const file = await writeConfiguration(
      folder,
      port,
      galera.nodes.map(({ server }) => server.port),
    );
    const process = spawn(PROGRAM, ['-db', '-f', file], { env: environment(), stdio: 'pipe' });
    const front = new OneWriter(galera, process, folder, port);
    for (const stream of [process.stdout, process.stderr]) {
      stream?.on('data', (chunk: Buffer) => (front.output += chunk.toString()));
    }
    await once(process, 'spawn');
    while (!(await front.answers())) {
      if (process.exitCode !== null) throw new Error(`HAProxy did not start:\n${front.output}`);
      await pause(LOOK_AGAIN_MS);
    }
    return front;
  }

  /** Whether HAProxy takes the example as it is, apart from the places of its files; with what it says. */
  static async check(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'mooring-haproxy-'));
    try {
      const file = await writeConfiguration(folder, await freePort(), []);
      const { stdout, stderr } = await promisify(execFile)(PROGRAM, ['-c', '-f', file], { env: environment() });
      return `${stdout}${stderr}`.trim();
    } finally {
      await rm(folder, { recursive: true });
    }
  }

  url(database: string): string {
    return `mysql://root@127.0.0.1:${this.port}/${database}`;
  }

  /** The index of the node that has the connections now. */
  async writer(): Promise<number> {
    const connection = await createConnection(this.url(''));
    try {
      const [rows] = await connection.query('SELECT @@port AS port');
      const [{ port } = { port: 0 }] = rows as { port: number }[];
      return this.galera.nodes.findIndex(({ server }) => server.port === port);
    } finally {
      connection.destroy();
    }
  }

  /** Waits until another node than this one has the connections; that one's index. */
  async untilOtherThan(former: number): Promise<number> {
    for (;;) {
      const writer = await this.writer().catch(() => former);
      if (writer !== former) return writer;
      await pause(LOOK_AGAIN_MS);
    }
  }

  /** Waits until HAProxy holds that a node is up, or down. */
  async untilSaid(text: string, times: number): Promise<void> {
    while (this.output.split(text).length <= times) await pause(LOOK_AGAIN_MS);
  }

  async remove(): Promise<void> {
    if (this.process.exitCode === null) {
      this.process.kill('SIGKILL');
      await once(this.process, 'exit');
    }
    await rm(this.folder, { recursive: true, force: true });
    await this.galera.remove();
  }

  private async answers(): Promise<boolean> {
    const socket = connect(this.port, '127.0.0.1');
    try {
      await once(socket, 'connect');
      return (await this.writer()) >= 0;
    } catch {
      return false;
    } finally {
      socket.destroy();
    }
  }
}

const textOf = (name: string) => readFile(`${EXAMPLE}/${name}`, 'utf8');
const environment = () => ({ PATH: `${PATHS}:${process.env.PATH}` });

/** The statements of setup.sql, for a HAProxy on this machine. */
async function setup(): Promise<string[]> {
  const text = (await textOf('setup.sql')).replaceAll(/^--.*$/gm, '').replaceAll('10.0.0.%', '127.0.0.1');
  return text
    .split(';')
    .map((statement) => statement.trim())
    .filter(Boolean);
}

/** The files of the example in a folder, with other ports and the places of that folder. */
async function writeConfiguration(folder: string, port: number, nodes: readonly number[]): Promise<string> {
  const here = (text: string) => text.replaceAll('/etc/haproxy/', `${folder}/`);
  const configuration = here(await textOf('haproxy.cfg'))
    .replace('bind 127.0.0.1:3306', `bind 127.0.0.1:${port}`)
    .replaceAll(/server node-(\d) \S+/g, (line, number: string) => {
      const at = nodes[Number(number) - 1];
      return at ? `server node-${number} 127.0.0.1:${at}` : line;
    })
    .replaceAll(/^ {2}(?:user|group) haproxy\n/gm, '')
    .replace('mode tcp', `mode tcp\n  log ${LOGGED}`);
  await writeFile(join(folder, 'haproxy.cfg'), configuration);
  await writeFile(join(folder, 'check-galera.cnf'), await textOf('check-galera.cnf'));
  await writeFile(join(folder, 'check-galera'), here(await textOf('check-galera')));
  await chmod(join(folder, 'check-galera'), 0o755);
  if (!existsSync(`${PATHS}/${PROGRAM}`)) throw new Error("HAProxy is not installed: it is Debian's package haproxy.");
  return join(folder, 'haproxy.cfg');
}
