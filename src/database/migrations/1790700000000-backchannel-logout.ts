import { MigrationInterface, QueryRunner, Table, TableColumn, TableIndex } from 'typeorm';

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
const COLUMNS: readonly (readonly [table: string, column: TableColumn])[] = [
  ['sessions', new TableColumn(digest('provider_person'))],
  ['sessions', new TableColumn(digest('provider_session'))],
  ['sessions', new TableColumn(moment('login_begun_at', true))],
  ['provider_grants', new TableColumn({ name: 'is_offline', type: 'boolean', default: 0 })],
  ['provider_grants', new TableColumn(digest('provider_session'))],
  ['provider_grants', new TableColumn(moment('login_begun_at', true))],
];
const INDICES: readonly (readonly [table: string, index: TableIndex])[] = [
  ['sessions', new TableIndex({ name: 'sessions_provider_session', columnNames: ['provider_session'] })],
  ['sessions', new TableIndex({ name: 'sessions_provider_person', columnNames: ['provider_person'] })],
  ['provider_grants', new TableIndex({ name: 'provider_grants_session', columnNames: ['provider_session'] })],
];

/** What logouts at the provider need, to be found again and to find what they end; each step can be repeated. */
export class BackchannelLogout1790700000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(LOGOUTS, true);
    for (const [table, column] of COLUMNS) {
      if (!(await queryRunner.hasColumn(table, column.name))) await queryRunner.addColumn(table, column);
    }
    for (const [table, index] of INDICES) {
      if (!(await isIndexed(queryRunner, table, index))) await queryRunner.createIndex(table, index);
    }
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const [table, index] of [...INDICES].reverse()) {
      if (await isIndexed(queryRunner, table, index)) await queryRunner.dropIndex(table, index);
    }
    for (const [table, column] of [...COLUMNS].reverse()) {
      if (await queryRunner.hasColumn(table, column.name)) await queryRunner.dropColumn(table, column.name);
    }
    await queryRunner.dropTable(LOGOUTS, true);
  }
}

async function isIndexed(queryRunner: QueryRunner, name: string, { name: wanted }: TableIndex): Promise<boolean> {
  const table = await queryRunner.getTable(name);
  return table?.indices.some((index) => index.name === wanted) ?? false;
}
