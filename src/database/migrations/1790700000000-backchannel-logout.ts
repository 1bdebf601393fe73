import { MigrationInterface, QueryRunner, Table, TableColumn, TableIndex } from 'typeorm';
import { addColumns, addIndices, dropColumns, dropIndices } from './steps/repeatable-steps.js';

const digest = (name: string, isNullable = true) => ({ name, type: 'varchar', length: '64', isNullable });
const moment = (name: string, isNullable: boolean) => ({ name, type: 'datetime', precision: 3, isNullable });

const LOGOUTS = new Table({
  name: 'backchannel_logouts',
  columns: [
    { ...digest('id', false), isPrimary: true },
    digest('provider_session'),
    digest('provider_person'),
    moment('received_at', false),
    moment('expires_at', false),
  ],
  indices: [
    { name: 'backchannel_logouts_session', columnNames: ['provider_session'] },
    { name: 'backchannel_logouts_person', columnNames: ['provider_person'] },
    { name: 'backchannel_logouts_expiry', columnNames: ['expires_at'] },
  ],
});
const index = (name: string, column: string) => new TableIndex({ name, columnNames: [column] });
const OF_SESSIONS = [
  new TableColumn(digest('provider_person')),
  new TableColumn(digest('provider_session')),
  new TableColumn(moment('login_begun_at', true)),
];
const INDICES_OF_SESSIONS = [
  index('sessions_provider_session', 'provider_session'),
  index('sessions_provider_person', 'provider_person'),
];
const OF_GRANTS = [
  new TableColumn({ name: 'is_offline', type: 'boolean', default: 0 }),
  new TableColumn(digest('provider_session')),
  new TableColumn(moment('login_begun_at', true)),
];
const INDICES_OF_GRANTS = [index('provider_grants_session', 'provider_session')];

/** The table of provider logouts, and the columns by which they find what they end. Every step is idempotent. */
export class BackchannelLogout1790700000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(LOGOUTS, true);
    await addColumns(queryRunner, 'sessions', OF_SESSIONS);
    await addColumns(queryRunner, 'provider_grants', OF_GRANTS);
    await addIndices(queryRunner, 'sessions', INDICES_OF_SESSIONS);
    await addIndices(queryRunner, 'provider_grants', INDICES_OF_GRANTS);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropIndices(queryRunner, 'provider_grants', INDICES_OF_GRANTS);
    await dropIndices(queryRunner, 'sessions', INDICES_OF_SESSIONS);
    await dropColumns(queryRunner, 'provider_grants', OF_GRANTS);
    await dropColumns(queryRunner, 'sessions', OF_SESSIONS);
    await queryRunner.dropTable(LOGOUTS, true);
  }
}
