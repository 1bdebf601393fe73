/**
 * What a reading thread runs (reading-thread.ts): it answers one statement at a time, on a connection that can only read. JavaScript,
 * because a thread is started from a file, and tests and production have different ones of a TypeScript module.
 */
import { createRequire } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';

const { driver, file, lockWaitMilliseconds, cacheKilobytes, mostStatements, mostRows, mostBytes } = workerData;
const Connection = createRequire(import.meta.url)(driver);
const connection = new Connection(file, { readonly: true, fileMustExist: true, timeout: lockWaitMilliseconds });
// Lists and searches come back to the same pages.
connection.pragma(`cache_size = -${cacheKilobytes}`);
const statements = new Map();

function prepared(sql) {
  const known = statements.get(sql);
  if (known) return known;
  // Values without names: the driver would generate a function from the names.
  const statement = connection.prepare(sql).raw(true);
  statements.set(sql, statement);
  if (statements.size > mostStatements) statements.delete(statements.keys().next().value);
  return statement;
}

function sizeOf(values) {
  let size = 8 * values.length;
  for (const value of values) size += value?.length ?? 0;
  return size;
}

function answerOf(sql, parameters) {
  const statement = prepared(sql);
  const rows = [];
  let bytes = 0;
  for (const values of statement.iterate(...parameters)) {
    rows.push(values);
    bytes += sizeOf(values);
    if (rows.length > mostRows || bytes > mostBytes) return { tooLarge: true };
  }
  return { names: statement.columns().map(({ name }) => name), rows };
}

parentPort.on('message', ({ sql, parameters }) => {
  let answer;
  try {
    answer = answerOf(sql, parameters);
  } catch ({ message, code }) {
    answer = { failure: { message, code } };
  }
  parentPort.postMessage(answer);
});
