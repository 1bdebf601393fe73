import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { Connection, createConnection, RowDataPacket } from 'mysql2/promise';
import { freePort } from './free-port.js';
import { MariaDb } from './mariadb.js';

const PROVIDERS = ['/usr/lib/galera/libgalera_smm.so', '/usr/lib64/galera-4/libgalera_smm.so'];
/** What the transfer of rows by rsync calls; each is also the name of Debian's package. */
const NEEDED = ['rsync', 'lsof'];
const LOOK_AGAIN_MS = 50;
/** A node takes the rows of another one with rsync, which takes seconds; ample for a busy machine. */
const JOIN_MS = 120_000;

const REPLICATED = [
  ...['--wsrep-on=ON', '--binlog-format=ROW', '--innodb-autoinc-lock-mode=2', '--wsrep-sst-method=rsync'],
  ...['--innodb-file-per-table=1', '--wsrep-slave-threads=2'],
];

/** What a start may choose of a cluster. */
export interface GaleraOptions {
  readonly size?: number;
  /** Options of every node, which win over those of this class. */
  readonly options?: readonly string[];
  /** Where the files of the first node are, as `MariaDbOptions` has it. */
  readonly withinFirst?: string;
}

/** A place in the changes of a group; numbers grow. */
export interface Position {
  readonly group: string;
  readonly number: number;
}

/** One node of a Galera cluster: a server of its own, with its place in the group. */
export class GaleraNode {
  private wasStarted = false;

  private constructor(
    readonly server: MariaDb,
    readonly groupPort: number,
  ) {}

  static async prepare(ports: readonly number[], index: number, { options = [], withinFirst }: GaleraOptions) {
    const groupPort = ports[index]!;
    const [rows, missed] = [await freePort(), await freePort()];
    const provider = [
      `gmcast.listen_addr=tcp://127.0.0.1:${groupPort}`,
      `ist.recv_addr=127.0.0.1:${missed}`,
      'gcache.size=32M',
    ];
    const own = [
      ...[`--wsrep-cluster-name=mooring-${ports[0]}`, `--wsrep-node-name=node-${index + 1}`],
      ...[`--wsrep-provider=${providerOfGroup()}`, `--wsrep-provider-options=${provider.join(';')}`],
      `--wsrep-cluster-address=gcomm://${ports.map((port) => `127.0.0.1:${port}`).join(',')}`,
      ...[`--wsrep-node-address=127.0.0.1:${groupPort}`, `--wsrep-sst-receive-address=127.0.0.1:${rows}`],
    ];
    const places = { isUnprivileged: true, within: index === 0 ? withinFirst : undefined };
    return new GaleraNode(await MariaDb.prepareFor(places, [...REPLICATED, ...own, ...options]), groupPort);
  }

  /** The address of a database at this node. */
  url(database = ''): string {
    return this.server.url(database);
  }

  /** Starts the node; the first one of a cluster makes the group, each other one joins it. */
  async start(isFirst = false): Promise<void> {
    const found = this.wasStarted ? await this.position() : undefined;
    this.wasStarted = true;
    // As the unit of the packages does it: a node that was killed then asks only for what it has missed.
    const from = found ? [`--wsrep-start-position=${found.group}:${found.number}`] : [];
    await this.server.start(...(isFirst ? ['--wsrep-new-cluster'] : []), ...from);
    await this.until(async () => (await this.status('wsrep_ready')) === 'ON', 'is ready');
  }

  /** The last change that the files of the stopped node hold. */
  async position(): Promise<Position> {
    const output = await this.server.printed('--wsrep-recover');
    const [, group, number] = /Recovered position: ([\da-f-]{36}):(-?\d+)/.exec(output) ?? [];
    if (!group) throw new Error(`The node at ${this.server.port} tells no position:\n${output}`);
    return { group, number: Number(number) };
  }

  /** Runs one statement, on a connection of its own. */
  async query<T extends RowDataPacket>(sql: string): Promise<T[]> {
    const connection = await createConnection(this.url());
    try {
      const [rows] = await connection.query<T[]>(sql);
      return rows;
    } finally {
      connection.destroy();
    }
  }

  /** A variable of state, such as `wsrep_cluster_size`. */
  async status(name: string): Promise<string> {
    const [row] = await this.query(`SHOW GLOBAL STATUS LIKE '${name}'`);
    return String(row?.Value ?? '');
  }

  /** Cuts the node off from the others, as a broken network does, or joins it to them again. */
  async setIsolated(isIsolated: boolean): Promise<void> {
    await this.query(`SET GLOBAL wsrep_provider_options = 'gmcast.isolate=${isIsolated ? 1 : 0}'`);
  }

  /** Waits until the node says so; it may be unreachable meanwhile. */
  async until(says: () => Promise<boolean>, what: string): Promise<void> {
    const giveUpAt = performance.now() + JOIN_MS;
    while (!(await says().catch(() => false))) {
      if (performance.now() > giveUpAt) throw new Error(`The node at ${this.server.port} never says that it ${what}.`);
      await pause(LOOK_AGAIN_MS);
    }
  }

  /** Lets this node make the group anew, after all nodes have ended. */
  async allowNewGroup(): Promise<void> {
    const file = `${this.server.folder}/data/grastate.dat`;
    const state = await readFile(file, 'utf8');
    await writeFile(file, state.replace('safe_to_bootstrap: 0', 'safe_to_bootstrap: 1'));
  }
}

/** A Galera cluster on this machine: several MariaDB servers, each of which takes writes, with one content. */
export class GaleraCluster {
  private constructor(readonly nodes: readonly GaleraNode[]) {}

  /** Starts a cluster; by default three nodes. */
  static async start(choices: GaleraOptions = {}): Promise<GaleraCluster> {
    const ports: number[] = [];
    for (let index = 0; index < (choices.size ?? 3); index++) ports.push(await freePort());
    const nodes = await Promise.all(ports.map((_port, index) => GaleraNode.prepare(ports, index, choices)));
    const cluster = new GaleraCluster(nodes);
    try {
      // A node gives its rows to one that joins, and takes no second one meanwhile.
      for (const [index, node] of nodes.entries()) await node.start(index === 0);
      await cluster.untilWhole();
      return cluster;
    } catch (error) {
      await cluster.remove();
      throw error;
    }
  }

  /** The address of a database at the node of a replica. */
  url(database: string, replica: number): string {
    return this.nodes[replica % this.nodes.length]!.url(database);
  }

  /** Waits until every node sees all of them and has all rows. */
  async untilWhole(): Promise<void> {
    const size = String(this.nodes.length);
    for (const node of this.nodes) {
      const isWhole = async () =>
        (await node.status('wsrep_cluster_size')) === size &&
        (await node.status('wsrep_local_state_comment')) === 'Synced';
      await node.until(isWhole, 'is one of all');
    }
  }

  /** A connection to the database `mooring` at a node, which sees what every node has acknowledged. */
  async connect(index: number): Promise<Connection> {
    const connection = await createConnection(this.nodes[index]!.url('mooring'));
    await connection.query('SET SESSION wsrep_sync_wait = 7');
    return connection;
  }

  /** Kills all nodes and removes their files. */
  async remove(): Promise<void> {
    await Promise.all(this.nodes.map(({ server }) => server.remove()));
  }
}

function providerOfGroup(): string {
  const found = PROVIDERS.find((path) => existsSync(path));
  const folders = (process.env.PATH ?? '').split(':').concat('/usr/sbin');
  const lacking = NEEDED.filter((program) => !folders.some((folder) => existsSync(`${folder}/${program}`)));
  if (found && lacking.length === 0) return found;
  throw new Error(
    `Not installed: ${[...(found ? [] : ['galera-4']), ...lacking].join(', ')}. Debian's packages have these names.`,
  );
}
