import { QueryRunner, Table } from 'typeorm';

/**
 * A table of a migration with the texts of the engine: tokens, settings and lists of groups can be longer than the 64 KiB
 * that a TEXT of MariaDB and MySQL holds. SQLite has no limit.
 */
export function withLongTexts(table: Table, { connection }: QueryRunner): Table {
  const made = table.clone();
  if (connection.options.type !== 'mariadb') return made;
  for (const column of made.columns) if (column.type === 'text') column.type = 'mediumtext';
  return made;
}
