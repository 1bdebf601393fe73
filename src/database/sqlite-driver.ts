import type BetterSqlite3 from 'better-sqlite3';
import { createRequire } from 'node:module';
import { arch, platform, versions } from 'node:process';
import { DatabaseUnusable } from './database.errors.js';

/** The SQLite driver, which is the class of its connections. */
export type SqliteDriver = typeof BetterSqlite3;

/** Loads a package, as CommonJS does. */
export type Require = (name: string) => unknown;

const FIRST_WITH_NODE_API = 22;

/**
 * The package with the SQLite driver for a version of Node. better-sqlite3 13 is built on Node-API and needs Node 22 or
 * later. better-sqlite3 12 is not, and Node 24.19 and later kill it when a statement is garbage-collected
 * (nodejs/node#65446).
 *
 * @param node a version such as `24.19.0`
 */
export function driverPackageFor(node: string): string {
  return Number.parseInt(node, 10) < FIRST_WITH_NODE_API ? 'better-sqlite3-12' : 'better-sqlite3';
}

/**
 * Loads the driver and its native binary.
 *
 * @throws {DatabaseUnusable} if the driver or its binary is missing, or was built for another Node or platform
 */
export function loadSqliteDriver(find: Require, node: string): SqliteDriver {
  const name = driverPackageFor(node);
  try {
    const driver = find(name) as SqliteDriver;
    new driver(':memory:').close();
    return driver;
  } catch (error) {
    const isForeign = (error as { code?: string }).code === 'ERR_DLOPEN_FAILED';
    const fault = isForeign ? 'was built for another Node or platform' : 'is missing';
    throw new DatabaseUnusable(
      `The SQLite driver ${name} ${fault}: run "npm ci" with the Node that runs Mooring (${node} on ${platform} ${arch})` +
        `${name === 'better-sqlite3' ? '' : ', python3 and a C++ compiler at hand'}, or set DATABASE_URL to a MariaDB server.`,
      { cause: error },
    );
  }
}

let loaded: SqliteDriver | undefined;

/**
 * The SQLite driver for the running Node; loaded at the first use, because with a database server it is not needed.
 *
 * @throws {DatabaseUnusable} as {@link loadSqliteDriver} does
 */
export function sqliteDriver(): SqliteDriver {
  return (loaded ??= loadSqliteDriver(createRequire(import.meta.url), versions.node));
}
