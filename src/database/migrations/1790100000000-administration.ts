import { MigrationInterface, QueryRunner, TableColumn, TableIndex } from 'typeorm';

const text = (name: string, length: number) =>
  new TableColumn({ name, type: 'varchar', length: String(length), isNullable: true });

const COLUMNS: readonly (readonly [table: string, column: TableColumn])[] = [
  ['users', text('local_email', 255)],
  ['sessions', text('remote_address', 64)],
  ['sessions', text('user_agent', 255)],
];
const LOCAL_EMAIL = new TableIndex({ name: 'users_local_email', columnNames: ['local_email'], isUnique: true });

/** What local accounts and the list of sessions need; each step can be repeated. */
export class Administration1790100000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const [table, column] of COLUMNS) {
      if (!(await queryRunner.hasColumn(table, column.name))) await queryRunner.addColumn(table, column);
    }
    const users = await queryRunner.getTable('users');
    const isIndexed = users?.indices.some((index) => index.name === LOCAL_EMAIL.name);
    if (!isIndexed) await queryRunner.createIndex('users', LOCAL_EMAIL);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropIndex('users', LOCAL_EMAIL);
    for (const [table, column] of [...COLUMNS].reverse()) await queryRunner.dropColumn(table, column.name);
  }
}
