import { MigrationInterface, QueryRunner, Table } from 'typeorm';
import { withLongTexts } from './steps/long-texts.js';

const column = (name: string, type: string, length?: number, isNullable = false) => ({
  name,
  type,
  ...(length && { length: String(length) }),
  isNullable,
});
const id = { ...column('id', 'varchar', 36), isPrimary: true };
const moment = (name: string, isNullable = false) => ({ name, type: 'datetime', precision: 3, isNullable });

const TABLES = [
  new Table({
    name: 'access_rules',
    columns: [
      id,
      column('repository_pattern', 'varchar', 255),
      column('granted_actions', 'varchar', 64),
      column('subject_kind', 'varchar', 16),
      column('user_id', 'varchar', 36, true),
      column('group_name', 'varchar', 255, true),
      column('version', 'integer'),
      moment('created_at'),
      moment('updated_at'),
      moment('deleted_at', true),
    ],
    indices: [
      { name: 'access_rules_user', columnNames: ['user_id'] },
      { name: 'access_rules_version', columnNames: ['version'] },
    ],
    foreignKeys: [
      {
        name: 'access_rules_user_exists',
        columnNames: ['user_id'],
        referencedTableName: 'users',
        referencedColumnNames: ['id'],
        onDelete: 'CASCADE',
      },
    ],
  }),
  new Table({
    name: 'signing_keys',
    columns: [
      id,
      column('key_use', 'varchar', 16),
      column('sealed_private_key', 'text'),
      column('certificate', 'text', undefined, true),
      moment('signs_from'),
    ],
  }),
];

/** The tables of the registry token service. Every step is idempotent. */
export class Registry1790500000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    for (const table of TABLES) await queryRunner.createTable(withLongTexts(table, queryRunner), true);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const table of [...TABLES].reverse()) await queryRunner.dropTable(table, true);
  }
}
