import { MigrationInterface, QueryRunner, TableColumn } from 'typeorm';
import { addColumns, dropColumns } from './steps/repeatable-steps.js';

const OF_GRANTS = [new TableColumn({ name: 'logout_begun_at', type: 'datetime', precision: 3, isNullable: true })];

const OF_FACTS = [
  new TableColumn({ name: 'ended_by_logout', type: 'varchar', length: '36', isNullable: true }),
  new TableColumn({ name: 'offline_ended_by_logout', type: 'varchar', length: '36', isNullable: true }),
];

/** When people went to a logout at the provider, and whether grants were seen to end with it. Every step is idempotent. */
export class LogoutEndsGrants1791700000100 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await addColumns(queryRunner, 'provider_grants', OF_GRANTS);
    await addColumns(queryRunner, 'provider_facts', OF_FACTS);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropColumns(queryRunner, 'provider_facts', OF_FACTS);
    await dropColumns(queryRunner, 'provider_grants', OF_GRANTS);
  }
}
