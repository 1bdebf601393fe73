/**
 * What a writing thread runs (writing-thread.ts): one statement at a time, on a connection of its own. JavaScript, for the same reason
 * as reading-thread-main.js.
 */
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';

const { driver, file, lockWaitMilliseconds } = workerData;
const Connection = createRequire(import.meta.url)(driver);
const connection = new Connection(file, { fileMustExist: true, timeout: lockWaitMilliseconds });
connection.pragma('foreign_keys = ON');
// The database stays consistent, and what a loss of power undoes is repeated.
connection.pragma('synchronous = NORMAL');

parentPort.on('message', ({ sql, parameters }) => {
  let answer;
  try {
    const statement = connection.prepare(sql);
    // Values without names: the driver would generate a function from the names.
    if (statement.reader) statement.raw(true).all(...parameters);
    answer = { changes: statement.reader ? 0 : statement.run(...parameters).changes };
  } catch ({ message, code }) {
    answer = { failure: { message, code } };
  }
  parentPort.postMessage(answer);
});
