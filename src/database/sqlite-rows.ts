import type { SqliteConnection, SqliteStatement } from './sqlite-connection.js';

type Row = Record<string, unknown>;

/** Names the values of a row; of two columns of one name the last counts. */
function rowOf(names: readonly string[], values: readonly unknown[]): Row {
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
    // A statement is compiled anew where its tables have changed: another process may have migrated them.
    if (rows[0] && rows[0].length !== names.length) names = namesOf(statement);
    return rows.map((values) => rowOf(names, values));
  };
  return statement;
}

/**
 * Has a connection make the objects of rows here: better-sqlite3 13 makes a function of the column names for each statement,
 * by `Function`, and nothing is made to code once the server runs.
 */
export function nameRows(connection: SqliteConnection): void {
  const prepare = connection.prepare.bind(connection);
  connection.prepare = (sql) => {
    const statement = prepare(sql);
    return statement.reader ? namingRows(statement) : statement;
  };
}
