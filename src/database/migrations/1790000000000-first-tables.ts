import { MigrationInterface, QueryRunner, Table, TableColumnOptions } from 'typeorm';
import { withLongTexts } from './steps/long-texts.js';

const text = (name: string, length: number, isNullable = false): TableColumnOptions => ({
  name,
  type: 'varchar',
  length: String(length),
  isNullable,
});
const id = (name: string, isNullable = false) => text(name, 36, isNullable);
const longText = (name: string, isNullable = false): TableColumnOptions => ({ name, type: 'text', isNullable });
const moment = (name: string, isNullable = false): TableColumnOptions => ({
  name,
  type: 'datetime',
  precision: 3,
  isNullable,
});
const flag = (name: string): TableColumnOptions => ({ name, type: 'boolean' });
const integer = (name: string): TableColumnOptions => ({ name, type: 'integer' });
const primary = (column: TableColumnOptions): TableColumnOptions => ({ ...column, isPrimary: true });

const ofUser = (name: string, columnName: string) => ({
  name,
  columnNames: [columnName],
  referencedTableName: 'users',
  referencedColumnNames: ['id'],
  onDelete: 'CASCADE',
});

const TABLES = [
  new Table({
    name: 'settings',
    columns: [
      primary(integer('id')),
      text('auth_mode', 16),
      integer('revision'),
      longText('document'),
      text('key_check', 255),
      text('sealed_digest_key', 255),
    ],
    indices: [{ name: 'settings_auth_mode', columnNames: ['auth_mode'], isUnique: true }],
  }),
  new Table({
    name: 'users',
    columns: [
      primary(id('id')),
      text('mode', 16, true),
      text('username', 255),
      text('folded_name', 255),
      text('email', 255, true),
      text('real_name', 255, true),
      text('comment', 255, true),
      text('password_hash', 255, true),
      flag('is_admin'),
      flag('is_disabled'),
      text('issuer', 255, true),
      text('subject', 255, true),
      id('security_stamp'),
      moment('created_at'),
      moment('updated_at'),
      moment('deleted_at', true),
      moment('last_login_at', true),
    ],
    indices: [
      { name: 'users_folded_name', columnNames: ['folded_name'], isUnique: true },
      { name: 'users_identity', columnNames: ['issuer', 'subject'], isUnique: true },
      { name: 'users_mode', columnNames: ['mode'] },
    ],
    foreignKeys: [
      {
        name: 'users_mode_in_force',
        columnNames: ['mode'],
        referencedTableName: 'settings',
        referencedColumnNames: ['auth_mode'],
        onUpdate: 'RESTRICT',
        onDelete: 'RESTRICT',
      },
    ],
  }),
  new Table({
    name: 'user_groups',
    columns: [primary(id('id')), text('name', 255), moment('created_at')],
    indices: [{ name: 'user_groups_name', columnNames: ['name'], isUnique: true }],
  }),
  new Table({
    name: 'sessions',
    columns: [
      primary(id('id')),
      text('token_hash', 64),
      id('user_id', true),
      id('security_stamp', true),
      longText('sealed_onboarding', true),
      moment('created_at'),
      moment('last_seen_at'),
      moment('expires_at'),
    ],
    indices: [
      { name: 'sessions_token_hash', columnNames: ['token_hash'], isUnique: true },
      { name: 'sessions_user', columnNames: ['user_id'] },
      { name: 'sessions_expiry', columnNames: ['expires_at'] },
    ],
    foreignKeys: [ofUser('sessions_user_exists', 'user_id')],
  }),
  new Table({
    name: 'service_tokens',
    columns: [
      primary(id('id')),
      text('name', 255),
      text('token_role', 16),
      text('hash', 64),
      id('created_by'),
      moment('created_at'),
      moment('last_used_at', true),
      moment('expires_at', true),
    ],
    indices: [{ name: 'service_tokens_hash', columnNames: ['hash'], isUnique: true }],
    foreignKeys: [ofUser('service_tokens_creator_exists', 'created_by')],
  }),
  new Table({
    name: 'once_only',
    columns: [primary(text('purpose', 32)), primary(text('hash', 64)), moment('expires_at')],
    indices: [{ name: 'once_only_expiry', columnNames: ['expires_at'] }],
  }),
  new Table({
    name: 'provider_grants',
    columns: [
      primary(id('user_id')),
      text('issuer', 255),
      text('client_id', 255),
      longText('sealed_id_token'),
      longText('sealed_access_token', true),
      longText('sealed_refresh_token', true),
      longText('group_names', true),
      text('groups_source', 16, true),
      moment('expires_at'),
      integer('version'),
    ],
    foreignKeys: [ofUser('provider_grants_user_exists', 'user_id')],
  }),
  new Table({
    name: 'cli_secrets',
    columns: [
      primary(id('user_id')),
      longText('sealed_secret', true),
      text('digest', 64, true),
      text('origin', 16),
      moment('created_at'),
      moment('last_used_at', true),
    ],
    foreignKeys: [ofUser('cli_secrets_user_exists', 'user_id')],
  }),
];

/** The first tables. Every step is idempotent. */
export class FirstTables1790000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const table of TABLES) await queryRunner.createTable(withLongTexts(table, queryRunner), true);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of [...TABLES].reverse()) await queryRunner.dropTable(table, true);
  }
}
