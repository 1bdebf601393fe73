import { RELAXED_DURABILITY } from '../common/persistence/relaxed-durability.js';
import type { SqliteConnection } from './sqlite-connection.js';

/**
 * Makes a connection wait for the disk at every commit, so that an acknowledged write survives a power failure; except for
 * statements marked {@link RELAXED_DURABILITY} (SQLite, PRAGMA synchronous: with a write-ahead log, NORMAL keeps the
 * database consistent).
 */
export function waitForDisk(connection: SqliteConnection): void {
  connection.pragma('synchronous = FULL');
  const prepare = connection.prepare.bind(connection);
  const [relax, wait] = ['NORMAL', 'FULL'].map((level) => prepare(`PRAGMA synchronous = ${level}`));
  connection.prepare = (sql) => {
    const statement = prepare(sql);
    if (!sql.startsWith(`/* ${RELAXED_DURABILITY} */`)) return statement;
    const run = statement.run.bind(statement);
    statement.run = (...parameters) => {
      relax?.run();
      try {
        return run(...parameters);
      } finally {
        wait?.run();
      }
    };
    return statement;
  };
}
