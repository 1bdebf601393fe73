import { MigrationInterface, QueryRunner, TableColumn, TableIndex } from 'typeorm';
import { fold } from '../../common/fold.js';

const COLUMN = new TableColumn({ name: 'folded_email', type: 'varchar', length: '255', isNullable: true });
const INDICES = [
  new TableIndex({ name: 'users_folded_email', columnNames: ['folded_email'] }),
  new TableIndex({ name: 'users_disabled', columnNames: ['is_disabled', 'folded_name'] }),
  new TableIndex({ name: 'users_admin', columnNames: ['is_admin', 'folded_name'] }),
];
const AT_ONCE = 500;
const LONGEST = 255;

async function foldAddresses(queryRunner: QueryRunner): Promise<void> {
  for (;;) {
    const due = (await queryRunner.query(
      `SELECT id, email FROM users WHERE email IS NOT NULL AND folded_email IS NULL LIMIT ${AT_ONCE}`,
    )) as { id: string; email: string }[];
    for (const { id, email } of due) {
      const folded = fold(email).slice(0, LONGEST);
      await queryRunner.query('UPDATE users SET folded_email = ? WHERE id = ?', [folded, id]);
    }
    if (due.length < AT_ONCE) return;
  }
}

/** What lets users be found by e-mail address, and filtered, without reading all of them; each step can be repeated. */
export class FoldedEmail1790200000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    if (!(await queryRunner.hasColumn('users', COLUMN.name))) await queryRunner.addColumn('users', COLUMN);
    await foldAddresses(queryRunner);
    const users = await queryRunner.getTable('users');
    const isThere = ({ name }: TableIndex) => users?.indices.some((index) => index.name === name);
    for (const index of INDICES) if (!isThere(index)) await queryRunner.createIndex('users', index);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    for (const index of [...INDICES].reverse()) await queryRunner.dropIndex('users', index);
    await queryRunner.dropColumn('users', COLUMN.name);
  }
}
