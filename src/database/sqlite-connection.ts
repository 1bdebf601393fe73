/** What of a better-sqlite3 statement is used here. */
export interface SqliteStatement {
  /** Whether it answers with rows. */
  readonly reader: boolean;
  run(...parameters: unknown[]): unknown;
  all(...parameters: unknown[]): unknown[];
  /** Has `all` answer with the values of each row, without their names. */
  raw(toggle: boolean): unknown;
  columns(): { readonly name: string }[];
}

/** What of a better-sqlite3 connection is set before its first use. */
export interface SqliteConnection {
  pragma(statement: string): unknown;
  prepare(sql: string): SqliteStatement;
}
