import { MigrationInterface, QueryRunner, Table } from 'typeorm';
import { withLongTexts } from './steps/long-texts.js';

const GUESS_COUNTS = new Table({
  name: 'guess_counts',
  columns: [
    { name: 'bucket', type: 'varchar', length: '43', isPrimary: true },
    { name: 'failures', type: 'integer' },
    { name: 'credentials', type: 'text' },
    { name: 'ends_at', type: 'bigint' },
    { name: 'trusted_until', type: 'bigint' },
  ],
  indices: [{ name: 'guess_counts_end', columnNames: ['ends_at'] }],
});

/** The table that counts wrong passwords and secrets. Idempotent. */
export class GuessCounts1790600000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(withLongTexts(GUESS_COUNTS, queryRunner), true);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable(GUESS_COUNTS, true);
  }
}
