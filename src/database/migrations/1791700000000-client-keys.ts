import { MigrationInterface, QueryRunner, Table } from 'typeorm';
import { withLongTexts } from './steps/long-texts.js';

const KEYS = new Table({
  name: 'client_keys',
  columns: [
    { name: 'id', type: 'varchar', length: '36', isPrimary: true },
    { name: 'algorithm', type: 'varchar', length: '16' },
    { name: 'sealed_private_key', type: 'text' },
    { name: 'signs_from', type: 'datetime', precision: 3 },
  ],
});

/** The keys with which Mooring authenticates itself at the provider. Idempotent. */
export class ClientKeys1791700000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(withLongTexts(KEYS, queryRunner), true);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable(KEYS, true);
  }
}
