import { MigrationInterface, QueryRunner, TableIndex } from 'typeorm';
import { addIndices, dropIndices } from './steps/repeatable-steps.js';

const NAMES = [new TableIndex({ name: 'migrations_name', columnNames: ['name'], isUnique: true })];

/** Two levels of SELECT: MySQL does not read from a table that it deletes from, but it does from a derived one. */
const DUPLICATES = `DELETE FROM migrations WHERE id NOT IN (
  SELECT first_id FROM (SELECT MIN(id) AS first_id FROM migrations GROUP BY name) AS firsts
)`;

/**
 * Notes each migration once: of two processes that run the same one at the same time one fails. Earlier releases at several
 * nodes of a cluster did not exclude each other, and may have left a name twice. Idempotent.
 */
export class UniqueMigrations1792100000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(DUPLICATES);
    await addIndices(queryRunner, 'migrations', NAMES);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropIndices(queryRunner, 'migrations', NAMES);
  }
}
