import { MigrationInterface, QueryRunner, TableColumn, TableIndex } from 'typeorm';
import { storedSkeleton } from '../../users/names/lookalikes.js';
import { addColumns, addIndices, dropColumns, dropIndices } from './steps/repeatable-steps.js';

const COLUMNS = [new TableColumn({ name: 'name_skeleton', type: 'varchar', length: '255', isNullable: true })];
const INDICES = [new TableIndex({ name: 'users_name_skeleton', columnNames: ['name_skeleton'] })];
const AT_ONCE = 1000;

type NamedRow = Readonly<Record<'id' | 'username', string>>;

async function noteSkeletons(queryRunner: QueryRunner): Promise<void> {
  for (let last = ''; ;) {
    const page = (await queryRunner.query(`SELECT id, username FROM users WHERE id > ? ORDER BY id LIMIT ${AT_ONCE}`, [
      last,
    ])) as NamedRow[];
    for (const { id, username } of page) {
      const skeleton = storedSkeleton(username);
      if (skeleton !== null) {
        await queryRunner.query('UPDATE users SET name_skeleton = ? WHERE id = ?', [skeleton, id]);
      }
    }
    if (page.length < AT_ONCE) return;
    last = page.at(-1)?.id ?? '';
  }
}

/** The skeletons of names with non-ASCII letters, so that no later name can look the same. Every step is idempotent. */
export class NameSkeletons1791100000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await addColumns(queryRunner, 'users', COLUMNS);
    await noteSkeletons(queryRunner);
    await addIndices(queryRunner, 'users', INDICES);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropIndices(queryRunner, 'users', INDICES);
    await dropColumns(queryRunner, 'users', COLUMNS);
  }
}
