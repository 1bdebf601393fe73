import { MigrationInterface, QueryRunner, Table, TableColumn, TableIndex } from 'typeorm';
import { addColumns, addIndices, dropColumns, dropIndices } from './steps/repeatable-steps.js';

const text = (name: string, length: number) =>
  new TableColumn({ name, type: 'varchar', length: String(length), isNullable: true });

const OF_USERS = [text('local_email', 255)];
const OF_SESSIONS = [text('remote_address', 64), text('user_agent', 255)];
const INDICES = [new TableIndex({ name: 'users_local_email', columnNames: ['local_email'], isUnique: true })];

const ofUser = (table: string) => ({
  name: `${table}_user_exists`,
  columnNames: ['user_id'],
  referencedTableName: 'users',
  referencedColumnNames: ['id'],
  onDelete: 'CASCADE',
});
const id = (name: string) => ({ name, type: 'varchar', length: '36', isPrimary: true });
const column = (name: string, type: string, length?: number, isNullable = false) => ({
  name,
  type,
  ...(length && { length: String(length) }),
  isNullable,
});
const TABLES = [
  new Table({
    name: 'audit_events',
    columns: [
      id('id'),
      { ...column('happened_at', 'datetime'), precision: 3 },
      column('actor_kind', 'varchar', 16),
      column('actor_id', 'varchar', 36, true),
      column('actor_label', 'varchar', 255, true),
      column('event_action', 'varchar', 64),
      column('target_type', 'varchar', 32, true),
      column('target_id', 'varchar', 36, true),
      column('target_label', 'varchar', 255, true),
      column('outcome', 'varchar', 16),
      column('event_count', 'integer'),
      column('reason', 'varchar', 64, true),
      column('remote_address', 'varchar', 64, true),
      column('request_id', 'varchar', 64, true),
      column('sum_key', 'varchar', 64, true),
    ],
    indices: [
      { name: 'audit_events_sum', columnNames: ['sum_key'], isUnique: true },
      { name: 'audit_events_actor', columnNames: ['actor_id', 'id'] },
      { name: 'audit_events_target', columnNames: ['target_id', 'id'] },
      { name: 'audit_events_time', columnNames: ['happened_at'] },
    ],
  }),
  new Table({
    name: 'memberships',
    columns: [id('user_id'), id('group_id')],
    indices: [{ name: 'memberships_group', columnNames: ['group_id', 'user_id'] }],
    foreignKeys: [
      ofUser('memberships'),
      {
        name: 'memberships_group_exists',
        columnNames: ['group_id'],
        referencedTableName: 'user_groups',
        referencedColumnNames: ['id'],
        onDelete: 'CASCADE',
      },
    ],
  }),
  new Table({
    name: 'group_indexings',
    columns: [id('user_id'), { name: 'grant_version', type: 'integer' }],
    foreignKeys: [ofUser('group_indexings')],
  }),
];

/** Tables and columns for local accounts, the session list, group members and the audit log. Every step is idempotent. */
export class Administration1790100000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await addColumns(queryRunner, 'users', OF_USERS);
    await addColumns(queryRunner, 'sessions', OF_SESSIONS);
    for (const table of TABLES) await queryRunner.createTable(table, true);
    await addIndices(queryRunner, 'users', INDICES);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of [...TABLES].reverse()) await queryRunner.dropTable(table, true);
    await dropIndices(queryRunner, 'users', INDICES);
    await dropColumns(queryRunner, 'sessions', OF_SESSIONS);
    await dropColumns(queryRunner, 'users', OF_USERS);
  }
}
