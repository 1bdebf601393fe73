import { MigrationInterface, QueryRunner, Table, TableForeignKey, TableIndex } from 'typeorm';
import { addIndices, dropIndices } from './steps/repeatable-steps.js';

const WORDS = new Table({
  name: 'user_words',
  columns: [
    { name: 'word', type: 'varchar', length: '40', isPrimary: true },
    { name: 'user_id', type: 'varchar', length: '36', isPrimary: true },
  ],
  indices: [new TableIndex({ name: 'user_words_user', columnNames: ['user_id'] })],
  foreignKeys: [
    new TableForeignKey({
      ...{ name: 'user_words_of_user', columnNames: ['user_id'], onDelete: 'CASCADE' },
      ...{ referencedTableName: 'users', referencedColumnNames: ['id'] },
    }),
  ],
  withoutRowid: true,
});

const INDEXINGS = new Table({
  name: 'user_word_indexings',
  columns: [
    { name: 'id', type: 'integer', isPrimary: true },
    { name: 'owner', type: 'varchar', length: '36', isNullable: true },
    { name: 'held_until', type: 'bigint', default: 0 },
  ],
});

const INDICES = [new TableIndex({ name: 'users_words_due', columnNames: ['words_due'] })];

/**
 * The words of users for searches. The words of everybody who is there are due, and are stored after the start. Every step is
 * idempotent. The column is added in plain SQL, because for SQLite TypeORM would recreate the table, and undoing that would delete
 * the rows that refer to users.
 */
export class UserWords1791800000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    if (!(await queryRunner.hasColumn('users', 'words_due'))) {
      await queryRunner.query("ALTER TABLE users ADD COLUMN words_due varchar(36) NULL DEFAULT 'new'");
    }
    await addIndices(queryRunner, 'users', INDICES);
    await queryRunner.createTable(WORDS, true);
    await queryRunner.createTable(INDEXINGS, true);
    await queryRunner.query(
      'INSERT INTO user_word_indexings (id) SELECT 1 WHERE NOT EXISTS (SELECT id FROM user_word_indexings)',
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable(INDEXINGS, true);
    await queryRunner.dropTable(WORDS, true);
    await dropIndices(queryRunner, 'users', INDICES);
    if (!(await queryRunner.hasColumn('users', 'words_due'))) return;
    await queryRunner.query('ALTER TABLE users DROP COLUMN words_due');
  }
}
