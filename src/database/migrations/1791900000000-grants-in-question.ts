import { MigrationInterface, QueryRunner, TableIndex } from 'typeorm';
import { addIndices, dropIndices, indexNames } from './steps/repeatable-steps.js';

const TABLE = 'provider_grants';
const INDICES = [
  new TableIndex({ name: 'provider_grants_ended', columnNames: ['end_reason'] }),
  new TableIndex({ name: 'provider_grants_origin', columnNames: ['issuer', 'client_id'] }),
];
// In plain SQL: TypeORM has neither an index of a part of the rows for each engine nor one of the beginning of a text.
const OF_PARTS = {
  sqlite: {
    provider_grants_unclear: '(unclear_from_ms, user_id) WHERE unclear_from_ms IS NOT NULL',
    provider_grants_unrefreshable: '(user_id) WHERE sealed_refresh_token IS NULL',
  },
  mariadb: { provider_grants_unclear: '(unclear_from_ms)', provider_grants_unrefreshable: '(sealed_refresh_token(1))' },
};

/** Indices that find the grants by which a user may have to log in again. Every step is idempotent. */
export class GrantsInQuestion1791900000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await addIndices(queryRunner, TABLE, INDICES);
    const there = await indexNames(queryRunner, TABLE);
    const ofParts = queryRunner.connection.options.type === 'mariadb' ? OF_PARTS.mariadb : OF_PARTS.sqlite;
    for (const [name, rows] of Object.entries(ofParts))
      if (!there.has(name)) await queryRunner.query(`CREATE INDEX ${name} ON ${TABLE} ${rows}`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const ofParts = Object.keys(OF_PARTS.sqlite).map((name) => new TableIndex({ name, columnNames: ['user_id'] }));
    await dropIndices(queryRunner, TABLE, [...INDICES, ...ofParts]);
  }
}
