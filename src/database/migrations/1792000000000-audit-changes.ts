import { MigrationInterface, QueryRunner, TableColumn } from 'typeorm';
import { longTextType } from './steps/long-texts.js';
import { addColumns, dropColumns } from './steps/repeatable-steps.js';

const TABLE = 'audit_events';
const COLUMN = 'field_changes';

/** Old and new values of what an audited action changed. Every step is idempotent. */
export class AuditChanges1792000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    const type = longTextType(queryRunner);
    await addColumns(queryRunner, TABLE, [new TableColumn({ name: COLUMN, type, isNullable: true })]);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropColumns(queryRunner, TABLE, [new TableColumn({ name: COLUMN, type: 'text' })]);
  }
}
