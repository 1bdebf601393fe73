/** The part of a better-sqlite3 statement that is used here. */
export interface SqliteStatement {
  /** Whether it returns rows. */
  readonly reader: boolean;
  run(...parameters: unknown[]): unknown;
  all(...parameters: unknown[]): unknown[];
  /** Makes `all` return only the values of each row, without their names. */
  raw(toggle: boolean): unknown;
  columns(): { readonly name: string }[];
}

/** The part of a better-sqlite3 connection that is set up before its first use. */
export interface SqliteConnection {
  pragma(statement: string): unknown;
  prepare(sql: string): SqliteStatement;
}
