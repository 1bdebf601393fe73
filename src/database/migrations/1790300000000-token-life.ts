import { MigrationInterface, QueryRunner, TableColumn } from 'typeorm';
import { addColumns, dropColumns } from './steps/repeatable-steps.js';

const column = (name: string, type: string, more: { length?: string; precision?: number } = {}) =>
  new TableColumn({ name, type, isNullable: true, ...more });

const COLUMNS = [
  column('vouched_at', 'datetime', { precision: 3 }),
  column('end_reason', 'varchar', { length: '32' }),
  column('failure', 'varchar', { length: '32' }),
  column('failed_at', 'datetime', { precision: 3 }),
  column('retry_at', 'datetime', { precision: 3 }),
  column('lease_owner', 'varchar', { length: '36' }),
  column('lease_until', 'bigint'),
];

/** The columns of a grant that a refresh needs. Every step is idempotent. */
export class TokenLife1790300000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await addColumns(queryRunner, 'provider_grants', COLUMNS);
    await queryRunner.query(`
      UPDATE provider_grants SET vouched_at = (SELECT u.last_login_at FROM users u WHERE u.id = provider_grants.user_id)
      WHERE vouched_at IS NULL`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropColumns(queryRunner, 'provider_grants', COLUMNS);
  }
}
