import { DataSource, QueryRunner, Table } from 'typeorm';

/**
 * Entities are the same on both engines, and say "text" and nothing of updates of a key; this makes them mean what the
 * migrations made of that, so that the two can be compared.
 */
export function adaptEntities(dataSource: DataSource): void {
  if (dataSource.options.type !== 'mariadb') return;
  for (const { columns, foreignKeys } of dataSource.entityMetadatas) {
    for (const column of columns) if (column.type === 'text') column.type = 'mediumtext';
    // One and the same there, and told as RESTRICT.
    for (const key of foreignKeys) if (key.onUpdate === 'NO ACTION' || !key.onUpdate) key.onUpdate = 'RESTRICT';
  }
}

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
