import { MigrationInterface, QueryRunner, Table } from 'typeorm';

const SLOTS = new Table({
  name: 'refresh_slots',
  columns: [
    { name: 'slot', type: 'integer', isPrimary: true },
    { name: 'owner', type: 'varchar', length: '36', isNullable: true },
    { name: 'held_until', type: 'bigint', isNullable: true },
  ],
});

/** The slots that bound how many refreshes run at once over all replicas when the provider answers again. Every step is idempotent. */
export class RefreshSlots1791400000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(SLOTS, true);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable(SLOTS, true);
  }
}
