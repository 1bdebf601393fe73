import { DataSource, DataSourceOptions, QueryRunner, Table } from 'typeorm';

/** Tokens, settings and lists of groups can be longer than the 64 KiB that a TEXT of MySQL holds; SQLite has no limit. */
function longTextTypeOf({ type }: DataSourceOptions): 'text' | 'mediumtext' {
  return type === 'mysql' ? 'mediumtext' : 'text';
}

/** Entities are the same on both engines and say "text"; this makes them mean what the migrations made of it. */
export function useLongTexts(dataSource: DataSource): void {
  const columns = dataSource.entityMetadatas.flatMap((entity) => entity.columns);
  const longText = longTextTypeOf(dataSource.options);
  for (const column of columns) if (column.type === 'text') column.type = longText;
}

/** The table with the texts of this engine, for a migration to make. */
export function withLongTexts(table: Table, { connection }: QueryRunner): Table {
  const made = table.clone();
  for (const column of made.columns) if (column.type === 'text') column.type = longTextTypeOf(connection.options);
  return made;
}
