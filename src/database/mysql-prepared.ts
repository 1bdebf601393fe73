import type { PoolConnection, QueryError } from 'mysql2';
import { isPreparedRead } from '../common/persistence/prepared-read.js';

/**
 * The server prepares no more statements (ER_MAX_PREPARED_STMT_COUNT_REACHED), or does not know one that it has prepared, as
 * after a proxy has changed servers (ER_UNKNOWN_STMT_HANDLER).
 */
const NOT_PREPARED = new Set([1461, 1243]);

interface Asked {
  readonly sql: string;
  /** In milliseconds. */
  readonly timeout?: number;
}

type Done = (error: QueryError | null, ...results: unknown[]) => void;
type Arguments = [asked: string | Asked, ...rest: [Done] | [unknown[], Done]];
type Run = (...given: Arguments) => unknown;

/** Calls `done` once: with the first result, or as the driver does if there is none in time. */
function limited({ timeout }: Asked, done: Done): Done {
  if (timeout === undefined) return done;
  let isDone = false;
  const once: Done = (...result) => {
    if (isDone) return;
    isDone = true;
    clearTimeout(timer);
    done(...result);
  };
  const overdue = Object.assign(new Error('Query inactivity timeout'), { code: 'PROTOCOL_SEQUENCE_TIMEOUT' });
  const timer = setTimeout(() => once(overdue as QueryError), timeout);
  return once;
}

/**
 * Makes a connection send the reads that are marked for it as prepared statements, each prepared at its first use; where
 * the server does not prepare, as text. The time limit of a statement includes its preparation, for which the driver has none.
 */
export function prepareReads(connection: PoolConnection): void {
  const query = connection.query.bind(connection) as Run;
  const execute = connection.execute.bind(connection) as Run;
  const run: Run = (...given) => {
    const [asked, ...rest] = given;
    const { sql, timeout } = typeof asked === 'string' ? { sql: asked } : asked;
    if (!isPreparedRead(sql)) return query(...given);
    const [values, done] = rest.length === 1 ? [[], rest[0]] : rest;
    const ended = limited({ sql, timeout }, done);
    return execute(sql, values, (error, ...results) => {
      if (error && NOT_PREPARED.has(error.errno ?? 0)) query(asked, values, ended);
      else ended(error, ...results);
    });
  };
  Object.assign(connection, { query: run });
}
