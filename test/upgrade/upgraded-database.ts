import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { Connection, createConnection, RowDataPacket } from 'mysql2/promise';
import { sqliteDriver } from '../../src/database/sqlite-driver.js';
import { MariaDb } from '../support/mariadb.js';

/** A row of a query. */
export type Row = Record<string, unknown>;

/** The database of an installation, seen past its servers. */
export interface UpgradedDatabase {
  /** Its address, for an installation with this folder. */
  urlIn(folder: string): string;
  /** Connects, once a server has made the tables. */
  open(): Promise<void>;
  query<Result extends Row>(sql: string): Promise<Result[]>;
  /** Runs statements that return nothing. */
  run(...statements: readonly string[]): Promise<void>;
  /** The names of the tables. */
  tables(): Promise<string[]>;
  /** The names of the columns of a table. */
  columns(table: string): Promise<string[]>;
  /** Makes room for copies of tables, which statements reach by the prefix `kept.`. */
  openCopies(): Promise<void>;
  remove(): Promise<void>;
}

/** A MariaDB server with one database for an installation. */
export class OnMariaDb implements UpgradedDatabase {
  private connection!: Connection;

  private constructor(private readonly server: MariaDb) {}

  static async start(): Promise<OnMariaDb> {
    const database = new OnMariaDb(await (await MariaDb.prepare()).start());
    const connection = await createConnection(database.server.url());
    await connection.query('CREATE DATABASE mooring');
    await connection.end();
    return database;
  }

  urlIn(): string {
    return this.server.url('mooring');
  }

  async open(): Promise<void> {
    this.connection = await createConnection(this.urlIn());
    await this.connection.query('SET NAMES utf8mb4 COLLATE utf8mb4_bin');
    await this.connection.query('SET SESSION max_recursive_iterations = 1000000');
  }

  async query<Result extends Row>(sql: string): Promise<Result[]> {
    const [rows] = await this.connection.query<RowDataPacket[]>(sql);
    return rows as unknown as Result[];
  }

  async run(...statements: readonly string[]): Promise<void> {
    for (const sql of statements) await this.connection.query(sql);
  }

  async tables(): Promise<string[]> {
    const rows = await this.query<{ name: string }>(
      'SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()',
    );
    return rows.map(({ name }) => name);
  }

  async columns(table: string): Promise<string[]> {
    const rows = await this.query<{ name: string }>(
      `SELECT COLUMN_NAME AS name FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = '${table}'`,
    );
    return rows.map(({ name }) => name);
  }

  async openCopies(): Promise<void> {
    await this.run('CREATE DATABASE kept');
  }

  async remove(): Promise<void> {
    await this.connection?.end();
    await this.server.remove();
  }
}

/** A SQLite file in the folder of an installation. */
export class OnSqlite implements UpgradedDatabase {
  private folder = '';
  private connection!: Database.Database;

  urlIn(folder: string): string {
    this.folder = folder;
    return `sqlite:${join(folder, 'mooring.db')}`;
  }

  open(): Promise<void> {
    this.connection = new (sqliteDriver())(join(this.folder, 'mooring.db'), { timeout: 60_000 });
    return Promise.resolve();
  }

  query<Result extends Row>(sql: string): Promise<Result[]> {
    return Promise.resolve(this.connection.prepare(sql).all() as Result[]);
  }

  run(...statements: readonly string[]): Promise<void> {
    this.connection.transaction(() => statements.forEach((sql) => this.connection.exec(sql)))();
    return Promise.resolve();
  }

  async tables(): Promise<string[]> {
    const rows = await this.query<{ name: string }>(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    );
    return rows.map(({ name }) => name);
  }

  async columns(table: string): Promise<string[]> {
    return (await this.query<{ name: string }>(`PRAGMA table_info(${table})`)).map(({ name }) => name);
  }

  openCopies(): Promise<void> {
    this.connection.exec(`ATTACH '${join(this.folder, 'kept.db')}' AS kept`);
    return Promise.resolve();
  }

  remove(): Promise<void> {
    this.connection?.close();
    return Promise.resolve();
  }
}

/** The rows of all tables, copied, so that it can be seen what becomes of them. */
export class KeptRows {
  private constructor(
    private readonly database: UpgradedDatabase,
    private readonly columns: ReadonlyMap<string, readonly string[]>,
    /** How many rows each table had. */
    readonly counts: ReadonlyMap<string, number>,
  ) {}

  /** Copies them. */
  static async of(database: UpgradedDatabase): Promise<KeptRows> {
    const [columns, counts] = [new Map<string, string[]>(), new Map<string, number>()];
    await database.openCopies();
    for (const table of await database.tables()) {
      columns.set(table, await database.columns(table));
      await database.run(`CREATE TABLE kept.${table} AS SELECT * FROM ${table}`);
      const [row] = await database.query<{ total: number }>(`SELECT COUNT(*) AS total FROM ${table}`);
      counts.set(table, Number(row?.total));
    }
    return new KeptRows(database, columns, counts);
  }

  /** The rows that are gone, or have another value in a column that they had, by table. */
  async missing(): Promise<Record<string, Row[]>> {
    const missing: Record<string, Row[]> = {};
    for (const [table, columns] of this.columns) {
      const list = columns.map((name) => `\`${name}\``).join(', ');
      const rows = await this.database.query(
        `SELECT * FROM (SELECT ${list} FROM kept.${table} EXCEPT SELECT ${list} FROM ${table}) AS gone LIMIT 3`,
      );
      if (rows.length > 0) missing[table] = rows;
    }
    return missing;
  }
}
