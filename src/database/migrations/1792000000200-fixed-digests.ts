import { MigrationInterface, QueryRunner, Table } from 'typeorm';

const DIGESTS = new Table({
  name: 'fixed_settings_digests',
  columns: [
    { name: 'id', type: 'varchar', length: '36', isPrimary: true },
    { name: 'digest', type: 'varchar', length: '43' },
    { name: 'host', type: 'varchar', length: '64' },
    { name: 'seen_at', type: 'datetime', precision: 3 },
  ],
});

/** What each running process was given from outside, for comparison. Idempotent. */
export class FixedDigests1792000000200 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(DIGESTS, true);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable(DIGESTS, true);
  }
}
