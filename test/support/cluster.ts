import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createConnection, createPool, Pool, ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import { Browser } from './browser.js';
import { CONFIGURATION, LOGIN, UPDATE_CONFIGURATION } from './documents.js';
import { LoadBalancer } from './load-balancer.js';
import { Answer, Asker, postGraphql } from './graphql.js';
import type { Site } from './oidc-scenario.js';
import { MariaDb } from './mariadb.js';
import { ServerProcess } from './server-process.js';

const ADMIN_PASSWORD = 'Admin-password-1';
const LOOK_AGAIN_MS = 20;

/** The database servers of replicas: one, or several with one content. */
export interface DatabaseServers {
  /** The address of a database, for the replica with this number. */
  url(database: string, replica: number): string;
  remove(): Promise<void>;
}

/** Several replicas of the built server, each a separate process, behind one address; by default on one MariaDB. */
export class Cluster<Servers extends DatabaseServers = MariaDb> implements Site {
  readonly admin: Asker = { basic: Buffer.from(`admin:${ADMIN_PASSWORD}`).toString('base64') };

  private readonly started: ServerProcess[] = [];

  private constructor(
    readonly server: Servers,
    /** A connection to the database, apart from those of the replicas. */
    readonly database: Pool,
    readonly replicas: ServerProcess[],
    private readonly front: LoadBalancer,
    private readonly folder: string,
    private readonly variables: Record<string, string>,
  ) {}

  /** Starts that many replicas on a new MariaDB. */
  static async start(size: number): Promise<Cluster> {
    return Cluster.on(await (await MariaDb.prepare()).start(), size);
  }

  /** Starts that many replicas on a new database of running servers, which belong to the cluster from now on. */
  static async on<Servers extends DatabaseServers>(server: Servers, size: number): Promise<Cluster<Servers>> {
    const connection = await createConnection(server.url('', 0));
    await connection.query('CREATE DATABASE mooring');
    await connection.end();
    const folder = await mkdtemp(join(tmpdir(), 'mooring-cluster-'));
    const replicas: ServerProcess[] = [];
    const front = await LoadBalancer.open(() => replicas.map(({ url }) => Number(new URL(url).port)));
    const variables = {
      ...{ ENCRYPTION_KEY: randomBytes(32).toString('base64'), DATA_DIR: folder },
      ...{ ADMIN_PASSWORD, PUBLIC_URL: front.url, LOG_LEVEL: 'warn' },
    };
    const cluster = new Cluster(server, createPool(server.url('mooring', 0)), replicas, front, folder, variables);
    const begun = await Promise.allSettled(Array.from({ length: size }, (_, number) => cluster.newReplica({}, number)));
    for (const one of begun) {
      if (one.status === 'fulfilled') replicas.push(one.value);
      else await cluster.stop().then(() => Promise.reject(one.reason as Error));
    }
    return cluster;
  }

  get url(): string {
    return this.front.url;
  }

  /** Sends a GraphQL request to the next replica. */
  ask(asker: Asker, query: string, variables: object = {}): Promise<Answer> {
    return this.askAt(this, asker, query, variables);
  }

  /** Sends a GraphQL request to one replica. */
  askAt({ url }: { readonly url: string }, asker: Asker, query: string, variables: object = {}): Promise<Answer> {
    return postGraphql(url, asker, JSON.stringify({ query, variables }));
  }

  /** A session of the built-in administrator: no password is hashed for each of its requests. */
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

  /** Starts another replica, which is ready but not behind the common address; its number chooses the database server. */
  async newReplica(changes: Record<string, string> = {}, number = 0): Promise<ServerProcess> {
    const DATABASE_URL = this.server.url('mooring', number);
    const replica = await ServerProcess.start({ DATABASE_URL, ...this.variables, ...changes });
    this.started.push(replica);
    return replica.ready();
  }

  /** Ends a replica, without warning unless by another signal, and replaces it with another one. */
  async replace(
    index: number,
    changes: Record<string, string> = {},
    signal: NodeJS.Signals = 'SIGKILL',
  ): Promise<void> {
    await this.replicas[index]!.end(signal);
    this.replicas[index] = await this.newReplica(changes, index);
  }

  /** Sets the expiry of all tokens, or of those users' tokens, to a second ago. */
  async expire(usernames?: readonly string[]): Promise<void> {
    const past = 'UPDATE provider_grants SET expires_at = UTC_TIMESTAMP(3) - INTERVAL 1 SECOND';
    if (!usernames) return void (await this.database.query(past));
    const named = `${past} WHERE user_id IN (SELECT id FROM users WHERE username IN (?))`;
    const [changed] = await this.database.query<ResultSetHeader>(named, [usernames]);
    if (changed.affectedRows !== usernames.length) throw new Error('Not all of them have a grant.');
  }

  /** Waits until a query of the database returns at least one row. */
  async until(query: string, values: unknown[] = []): Promise<RowDataPacket> {
    for (;;) {
      const [[row]] = await this.database.query<RowDataPacket[]>(query, values);
      if (row) return row;
      await pause(LOOK_AGAIN_MS);
    }
  }

  /** Stops everything and removes its files. */
  async stop(): Promise<void> {
    await Promise.all(this.started.filter(({ isRunning }) => isRunning).map((replica) => replica.end('SIGKILL')));
    await this.front.close();
    await this.database.end();
    await this.server.remove();
    await rm(this.folder, { recursive: true, force: true });
  }
}
