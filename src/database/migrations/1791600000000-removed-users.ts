import { MigrationInterface, QueryRunner, TableIndex } from 'typeorm';
import { addIndices, dropIndices } from './steps/repeatable-steps.js';

const INDICES = [new TableIndex({ name: 'users_name_digest', columnNames: ['name_digest'], isUnique: true })];
const TO_BUILT_IN_ADMIN = `UPDATE service_tokens SET created_by = '00000000-0000-7000-8000-000000000001' WHERE created_by IS NULL`;

// Not by TypeORM, which makes a changed table of SQLite anew: when a migration is undone, foreign keys are in force, and all
// that belongs to users would go with the old table.
async function addNameDigest(queryRunner: QueryRunner): Promise<void> {
  if (await queryRunner.hasColumn('users', 'name_digest')) return;
  await queryRunner.query('ALTER TABLE users ADD COLUMN name_digest varchar(43)');
}

async function dropNameDigest(queryRunner: QueryRunner): Promise<void> {
  if (await queryRunner.hasColumn('users', 'name_digest')) {
    await queryRunner.query('ALTER TABLE users DROP COLUMN name_digest');
  }
}

/** No table refers to service tokens, so that nothing is lost where SQLite makes the table anew. */
async function makeCreatorNullable(queryRunner: QueryRunner, isNullable: boolean): Promise<void> {
  const before = (await queryRunner.getTable('service_tokens'))?.findColumnByName('created_by');
  if (!before || before.isNullable === isNullable) return;
  const after = before.clone();
  after.isNullable = isNullable;
  await queryRunner.changeColumn('service_tokens', before, after);
}

/**
 * The digests of the names of removed users, which nobody else may get, and service tokens without a creator, which belong to
 * the installation. Every step is idempotent. Older releases read such tokens, too.
 */
export class RemovedUsers1791600000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await addNameDigest(queryRunner);
    await addIndices(queryRunner, 'users', INDICES);
    await makeCreatorNullable(queryRunner, true);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(TO_BUILT_IN_ADMIN);
    await makeCreatorNullable(queryRunner, false);
    await dropIndices(queryRunner, 'users', INDICES);
    await dropNameDigest(queryRunner);
  }
}
