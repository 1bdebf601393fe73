import { MigrationInterface, QueryRunner, TableColumn } from 'typeorm';
import { addColumns, dropColumns } from './steps/repeatable-steps.js';

const OF_GRANTS = [new TableColumn({ name: 'consent_asked_at', type: 'datetime', precision: 3, isNullable: true })];

const OF_FACTS = [
  new TableColumn({ name: 'without_token_revision', type: 'integer', isNullable: true }),
  new TableColumn({ name: 'without_refresh_token', type: 'varchar', length: '255', isNullable: true }),
];

/** When people were last asked for a consent that might bring a refresh token, and who got none. Every step is idempotent. */
export class SecondRounds1791400000001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await addColumns(queryRunner, 'provider_grants', OF_GRANTS);
    await addColumns(queryRunner, 'provider_facts', OF_FACTS);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropColumns(queryRunner, 'provider_facts', OF_FACTS);
    await dropColumns(queryRunner, 'provider_grants', OF_GRANTS);
  }
}
