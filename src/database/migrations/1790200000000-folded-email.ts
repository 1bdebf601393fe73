import { MigrationInterface, QueryRunner, TableColumn, TableIndex } from 'typeorm';
import { fold } from '../../common/text/case-folding.js';
import { addColumns, addIndices, dropColumns, dropIndices } from './steps/repeatable-steps.js';

const COLUMNS = [new TableColumn({ name: 'folded_email', type: 'varchar', length: '255', isNullable: true })];
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

/** A column and indices for finding and filtering users by e-mail without a full scan. Every step is idempotent. */
export class FoldedEmail1790200000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await addColumns(queryRunner, 'users', COLUMNS);
    await foldAddresses(queryRunner);
    await addIndices(queryRunner, 'users', INDICES);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropIndices(queryRunner, 'users', INDICES);
    await dropColumns(queryRunner, 'users', COLUMNS);
  }
}
