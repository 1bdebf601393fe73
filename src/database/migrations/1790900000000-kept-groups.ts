import { MigrationInterface, QueryRunner, TableColumn } from 'typeorm';
import { addColumns, dropColumns } from './steps/repeatable-steps.js';

const COLUMNS = [new TableColumn({ name: 'groups_told_at', type: 'datetime', precision: 3, isNullable: true })];

/**
 * A column for when the provider last sent the groups of a grant. In existing grants the groups count as sent with the
 * current tokens, at the last login or refresh. Every step is idempotent.
 */
export class KeptGroups1790900000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await addColumns(queryRunner, 'provider_grants', COLUMNS);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropColumns(queryRunner, 'provider_grants', COLUMNS);
  }
}
