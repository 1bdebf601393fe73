import { QueryRunner, Table } from 'typeorm';

/**
 * A table of a migration with the engine's type for long texts: tokens, settings and lists of groups can be longer than
 * the 64 KiB that a TEXT of MariaDB and MySQL holds. SQLite has no such limit.
 */
export function withLongTexts(table: Table, queryRunner: QueryRunner): Table {
  const made = table.clone();
  for (const column of made.columns) if (column.type === 'text') column.type = longTextType(queryRunner);
  return made;
}

/** The engine's type for long texts, for a column that is added. */
export function longTextType({ connection }: QueryRunner): string {
  return connection.options.type === 'mariadb' ? 'mediumtext' : 'text';
}
