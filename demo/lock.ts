import { sqliteDriver } from '../src/database/sqlite-driver.js';
import { DemoRefusal } from './refusal.js';

/** A lock on a file, which ends with the process that holds it, however that ends. */
export interface Lock {
  release(): void;
}

const BUSY = 'SQLITE_BUSY';

/**
 * Takes a lock that nobody else can hold at the same time, or a shared one beside other shared ones. The file is an empty
 * SQLite database: the locks of SQLite work on every system, and Node has none of its own.
 *
 * @returns undefined if another process holds it still after this many milliseconds
 * @throws {DemoRefusal} if the file can't be used
 */
export function lockFile(file: string, kind: 'exclusive' | 'shared', waitMilliseconds = 0): Lock | undefined {
  const database = new (sqliteDriver())(file, { timeout: waitMilliseconds });
  try {
    database.exec(kind === 'exclusive' ? 'BEGIN EXCLUSIVE' : 'BEGIN; SELECT * FROM sqlite_master');
    return { release: () => void database.close() };
  } catch (error) {
    database.close();
    const { code = 'no code' } = error as { code?: string };
    if (code === BUSY) return undefined;
    throw new DemoRefusal(`${file} can't be locked (${code}). Check the rights on its folder.`);
  }
}
