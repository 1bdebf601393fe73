import { MigrationInterface, QueryRunner, Table, TableIndex } from 'typeorm';
import { addIndices } from './steps/repeatable-steps.js';

const text = (name: string) => ({ name, type: 'varchar', length: '255' });

const REQUESTS = new Table({
  name: 'identity_requests',
  columns: [
    { name: 'id', type: 'varchar', length: '36', isPrimary: true },
    ...[text('issuer'), text('subject'), text('wanted_name')],
    ...[text('email'), text('real_name'), text('claimed_name')].map((column) => ({ ...column, isNullable: true })),
    { name: 'created_at', type: 'datetime', precision: 3 },
    { name: 'expires_at', type: 'datetime', precision: 3 },
  ],
});

const INDICES = [
  new TableIndex({ name: 'identity_requests_identity', columnNames: ['issuer', 'subject'], isUnique: true }),
  new TableIndex({ name: 'identity_requests_expiry', columnNames: ['expires_at'] }),
];

/** What people ask for who log in under an identity without an account: an account that is theirs. Idempotent. */
export class IdentityRequests1791700000300 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(REQUESTS, true);
    await addIndices(queryRunner, 'identity_requests', INDICES);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable(REQUESTS, true);
  }
}
