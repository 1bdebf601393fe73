import { QueryRunner, Table, TableColumn, TableIndex } from 'typeorm';

const INDEX_NAMES = {
  sqlite: "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = ?",
  mariadb:
    'SELECT DISTINCT INDEX_NAME AS name FROM information_schema.STATISTICS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = ?',
};

const engineOf = ({ connection }: QueryRunner) => (connection.options.type === 'mariadb' ? 'mariadb' : 'sqlite');

/** Adds the missing columns to a table, so that a migration that was killed halfway continues where it stopped. */
export async function addColumns(
  queryRunner: QueryRunner,
  table: string,
  columns: readonly TableColumn[],
): Promise<void> {
  for (const column of columns) {
    if (!(await queryRunner.hasColumn(table, column.name)))
      await queryRunner.addColumn(known(queryRunner, table), column);
  }
}

/** Adds the missing indices to a table. */
export async function addIndices(
  queryRunner: QueryRunner,
  table: string,
  indices: readonly TableIndex[],
): Promise<void> {
  const there = await indexNames(queryRunner, table);
  for (const index of indices)
    if (!there.has(index.name)) await queryRunner.createIndex(known(queryRunner, table), index);
}

/** Drops those columns that the table has, in reverse order. */
export async function dropColumns(
  queryRunner: QueryRunner,
  table: string,
  columns: readonly TableColumn[],
): Promise<void> {
  for (const { name } of [...columns].reverse()) {
    if (await queryRunner.hasColumn(table, name)) await queryRunner.dropColumn(table, name);
  }
}

/** Drops those indices that the table has, in reverse order. */
export async function dropIndices(
  queryRunner: QueryRunner,
  table: string,
  indices: readonly TableIndex[],
): Promise<void> {
  const there = await indexNames(queryRunner, table);
  for (const index of [...indices].reverse()) if (there.has(index.name)) await queryRunner.dropIndex(table, index);
}

/** SQLite recreates a changed table, so it needs the full definition. The others only need the name; reading more is slow. */
function known(queryRunner: QueryRunner, name: string): Table | string {
  return engineOf(queryRunner) === 'mariadb' ? new Table({ name }) : name;
}

/** The names of the indices of a table. */
export async function indexNames(queryRunner: QueryRunner, table: string): Promise<ReadonlySet<string | undefined>> {
  const rows = (await queryRunner.query(INDEX_NAMES[engineOf(queryRunner)], [table])) as { name: string }[];
  return new Set(rows.map(({ name }) => name));
}
