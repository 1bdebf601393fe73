import { MigrationInterface, QueryRunner, Table, TableColumn, TableIndex } from 'typeorm';
import { withLongTexts } from './steps/long-texts.js';
import { addColumns, addIndices, dropColumns, dropIndices } from './steps/repeatable-steps.js';

const EVENTS = 'audit_events';
const DELIVERIES = new Table({
  name: 'audit_deliveries',
  columns: [
    { name: 'name', type: 'varchar', length: '16', isPrimary: true },
    { name: 'last_number', type: 'bigint' },
    { name: 'first_id', type: 'varchar', length: '36', isNullable: true },
    { name: 'numbering', type: 'text', isNullable: true },
    { name: 'lease_owner', type: 'varchar', length: '36', isNullable: true },
    { name: 'lease_until_ms', type: 'bigint', isNullable: true },
    { name: 'failures', type: 'integer' },
    { name: 'retry_at_ms', type: 'bigint', isNullable: true },
    { name: 'lost', type: 'bigint' },
  ],
});
const INDICES = [new TableIndex({ name: 'audit_events_delivery', columnNames: ['delivery_number', 'id'] })];
const numbers = () => [new TableColumn({ name: 'delivery_number', type: 'bigint', isNullable: true })];

/** The order in which audit events are delivered, and how far each receiver has got. Every step is idempotent. */
export class AuditDeliveries1792000000100 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await addColumns(queryRunner, EVENTS, numbers());
    await addIndices(queryRunner, EVENTS, INDICES);
    await queryRunner.createTable(withLongTexts(DELIVERIES, queryRunner), true);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable(DELIVERIES, true);
    await dropIndices(queryRunner, EVENTS, INDICES);
    await dropColumns(queryRunner, EVENTS, numbers());
  }
}
