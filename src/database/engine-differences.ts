import { DataSource } from 'typeorm';

/**
 * Adapts the entities to the engine as the migrations do, so that entities and tables can be compared: entities only say
 * "text", and do not say what an update of a referenced key does.
 */
export function adaptEntities(dataSource: DataSource): void {
  if (dataSource.options.type !== 'mariadb') return;
  for (const { columns, foreignKeys } of dataSource.entityMetadatas) {
    for (const column of columns) if (column.type === 'text') column.type = 'mediumtext';
    // MariaDB treats the two alike, and reports RESTRICT.
    for (const key of foreignKeys) if (key.onUpdate === 'NO ACTION' || !key.onUpdate) key.onUpdate = 'RESTRICT';
  }
}
