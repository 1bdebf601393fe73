import { DataSource } from 'typeorm';

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
