import { MigrationInterface, QueryRunner, TableColumn, TableIndex } from 'typeorm';
import { addColumns, addIndices, dropColumns, dropIndices } from './steps/repeatable-steps.js';

const COLUMNS = [new TableColumn({ name: 'owner', type: 'varchar', length: '43', isNullable: true })];
const INDICES = [new TableIndex({ name: 'guess_counts_owner', columnNames: ['owner', 'trusted_until'] })];

/** A column for the user of a trusted address, so that addresses per user can be limited. Every step is idempotent. */
export class OwnersOfCounts1791000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await addColumns(queryRunner, 'guess_counts', COLUMNS);
    await addIndices(queryRunner, 'guess_counts', INDICES);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropIndices(queryRunner, 'guess_counts', INDICES);
    await dropColumns(queryRunner, 'guess_counts', COLUMNS);
  }
}
