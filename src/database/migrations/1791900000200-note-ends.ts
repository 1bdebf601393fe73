import { MigrationInterface, QueryRunner, TableColumn, TableIndex } from 'typeorm';
import { addColumns, addIndices, dropColumns, dropIndices } from './steps/repeatable-steps.js';

const TABLE = 'sessions';
const INDICES = [new TableIndex({ name: 'sessions_note_expiry', columnNames: ['note_expires_at'] })];
const ends = () => [new TableColumn({ name: 'note_expires_at', type: 'datetime', precision: 3, isNullable: true })];

/** When the note of a session is out of date, and an index that finds those that are. Every step is idempotent. */
export class NoteEnds1791900000200 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await addColumns(queryRunner, TABLE, ends());
    await addIndices(queryRunner, TABLE, INDICES);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropIndices(queryRunner, TABLE, INDICES);
    await dropColumns(queryRunner, TABLE, ends());
  }
}
