import { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Whose former name a tombstone keeps taken. Every step is idempotent. In plain SQL, because for SQLite TypeORM would recreate
 * the table, and undoing that would delete the rows that refer to users.
 */
export class FormerNames1791600000001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    if (await queryRunner.hasColumn('users', 'renamed_to')) return;
    await queryRunner.query('ALTER TABLE users ADD COLUMN renamed_to varchar(36) NULL');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    if (!(await queryRunner.hasColumn('users', 'renamed_to'))) return;
    await queryRunner.query('ALTER TABLE users DROP COLUMN renamed_to');
  }
}
