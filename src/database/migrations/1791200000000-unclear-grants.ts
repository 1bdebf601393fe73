import { MigrationInterface, QueryRunner, Table, TableColumn } from 'typeorm';
import { addColumns, dropColumns } from './steps/repeatable-steps.js';

const FACTS = new Table({
  name: 'provider_facts',
  columns: [
    { name: 'client', type: 'varchar', length: '64', isPrimary: true },
    { name: 'refreshed_at', type: 'bigint', isNullable: true },
    { name: 'refreshing_ms', type: 'bigint', default: 0 },
    { name: 'revision', type: 'integer', isNullable: true },
    { name: 'client_authentication', type: 'varchar', length: '32', isNullable: true },
    { name: 'other_tried_at', type: 'bigint', isNullable: true },
  ],
});

const OF_GRANTS = [
  new TableColumn({ name: 'unclear_from_ms', type: 'bigint', isNullable: true }),
  new TableColumn({ name: 'is_foreign', type: 'boolean', default: 0 }),
  new TableColumn({ name: 'error_answers', type: 'integer', default: 0 }),
];

const OF_AUDIT_EVENTS = [new TableColumn({ name: 'detail', type: 'varchar', length: '255', isNullable: true })];

const OF_USERS = [new TableColumn({ name: 'has_own_real_name', type: 'boolean', default: 0 })];

// A real name follows the provider unless the person set it. Each change of a profile moved `updated_at`, so no name that a
// person set is lost; names of people whom an administrator changed are kept as well, until they are cleared.
const OWN_REAL_NAMES = `UPDATE users SET has_own_real_name = TRUE
  WHERE issuer IS NOT NULL AND real_name IS NOT NULL AND real_name <> '' AND updated_at <> created_at`;

/**
 * What is needed to tell a refusal of the provider from an unclear answer: facts about the provider, and the columns of
 * grants that have no clear answer; the detail of audit events; and whose real name does not follow the provider. Every step is idempotent.
 */
export class UnclearGrants1791200000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(FACTS, true);
    await addColumns(queryRunner, 'provider_grants', OF_GRANTS);
    await addColumns(queryRunner, 'users', OF_USERS);
    await queryRunner.query(OWN_REAL_NAMES);
    await addColumns(queryRunner, 'audit_events', OF_AUDIT_EVENTS);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropColumns(queryRunner, 'audit_events', OF_AUDIT_EVENTS);
    await dropColumns(queryRunner, 'users', OF_USERS);
    await dropColumns(queryRunner, 'provider_grants', OF_GRANTS);
    await queryRunner.dropTable(FACTS, true);
  }
}
