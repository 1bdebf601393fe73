import { MigrationInterface, QueryRunner, Table, TableColumn } from 'typeorm';
import { withLongTexts } from './steps/long-texts.js';
import { addColumns, dropColumns } from './steps/repeatable-steps.js';

const KEYS = new Table({
  name: 'service_keys',
  columns: [
    { name: 'id', type: 'varchar', length: '36', isPrimary: true },
    { name: 'service_name', type: 'varchar', length: '255' },
    { name: 'sealed_private_key', type: 'text' },
    { name: 'certificate', type: 'text' },
    { name: 'signs_from', type: 'datetime', precision: 3 },
  ],
  indices: [{ name: 'service_keys_service', columnNames: ['service_name'] }],
});

const OF_RULES = [new TableColumn({ name: 'service_name', type: 'varchar', length: '255', isNullable: true })];

/** The keys of registry services with a certificate of their own, and the services of access rules. Idempotent. */
export class RegistryServices1791700000200 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(withLongTexts(KEYS, queryRunner), true);
    await addColumns(queryRunner, 'access_rules', OF_RULES);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropColumns(queryRunner, 'access_rules', OF_RULES);
    await queryRunner.dropTable(KEYS, true);
  }
}
