import type { SqliteConnection, SqliteStatement } from './sqlite-connection.js';

type Row = Record<string, unknown>;

/** Makes an object of a row; if two columns have the same name, the last one counts. */
export function rowOf(names: readonly string[], values: readonly unknown[]): Row {
  const row: Row = {};
  for (let index = 0; index < names.length; index++) row[names[index] ?? ''] = values[index];
  return row;
}

const namesOf = (statement: SqliteStatement) => statement.columns().map(({ name }) => name);

function namingRows(statement: SqliteStatement): SqliteStatement {
  statement.raw(true);
  const all = statement.all.bind(statement) as (...parameters: unknown[]) => unknown[][];
  let names = namesOf(statement);
  statement.all = (...parameters) => {
    const rows = all(...parameters);
    // SQLite recompiles a statement if its tables have changed; another process may have migrated them.
    if (rows[0] && rows[0].length !== names.length) names = namesOf(statement);
    return rows.map((values) => rowOf(names, values));
  };
  return statement;
}

/**
 * Makes a connection build row objects here: better-sqlite3 13 generates a function from the column names of each statement,
 * with `Function`, and a running server must not generate code.
 */
export function nameRows(connection: SqliteConnection): void {
  const prepare = connection.prepare.bind(connection);
  connection.prepare = (sql) => {
    const statement = prepare(sql);
    return statement.reader ? namingRows(statement) : statement;
  };
}
