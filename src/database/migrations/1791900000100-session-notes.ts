import { MigrationInterface, QueryRunner, TableColumn } from 'typeorm';
import { longTextType } from './steps/long-texts.js';
import { addColumns, dropColumns } from './steps/repeatable-steps.js';

const notes = (queryRunner: QueryRunner) => [
  new TableColumn({ name: 'sealed_note', type: longTextType(queryRunner), isNullable: true }),
];

/** What the browser of a session has begun, sealed. Every step is idempotent. */
export class SessionNotes1791900000100 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await addColumns(queryRunner, 'sessions', notes(queryRunner));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropColumns(queryRunner, 'sessions', notes(queryRunner));
  }
}
