import { describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseUnusable } from './database.errors.js';
import { driverPackageFor, loadSqliteDriver, sqliteDriver } from './sqlite-driver.js';

const require = createRequire(import.meta.url);

describe(driverPackageFor, () => {
  it.each([
    ['20.19.0', 'better-sqlite3-12'],
    ['20.20.2', 'better-sqlite3-12'],
    ['22.13.0', 'better-sqlite3'],
    ['24.19.0', 'better-sqlite3'],
    ['26.0.0', 'better-sqlite3'],
  ])('gives Node %s the driver %s', (node, name) => expect(driverPackageFor(node)).toBe(name));
});

describe(loadSqliteDriver, () => {
  const load = (find: (name: string) => unknown, node: string) => () => loadSqliteDriver(find, node);

  it('is what sqliteDriver opens files with', () => {
    const driver = loadSqliteDriver(require, process.versions.node);
    expect(sqliteDriver()).toBe(driver);
    expect(new driver(':memory:').prepare('SELECT 1 AS one').get()).toEqual({ one: 1 });
  });

  it('says in one sentence what to do where the package is missing', () => {
    const find = (): unknown => require('a-package-that-is-not-there');
    expect(load(find, '22.20.0')).toThrow(DatabaseUnusable);
    expect(load(find, '22.20.0')).toThrow(
      /^The SQLite driver better-sqlite3 is missing: run "npm ci" with the Node that runs Mooring \(22\.20\.0 on \w+ \w+\), or set DATABASE_URL to a MariaDB server\.$/,
    );
    expect(load(find, '20.20.2')).toThrow(/better-sqlite3-12 is missing.*python3 and a C\+\+ compiler at hand/);
  });

  it('says in one sentence what to do where the binary is of another Node or platform', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mooring-spec-'));
    const binary = join(folder, 'foreign.node');
    await writeFile(binary, 'of another platform');
    const driver = class {
      constructor() {
        require(binary);
      }
    };
    expect(load(() => driver, '24.19.0')).toThrow(/^The SQLite driver better-sqlite3 was built for another Node/);
    await rm(folder, { recursive: true });
  });
});
