import { MigrationInterface, QueryRunner, Table, TableIndex } from 'typeorm';
import { withLongTexts } from './steps/long-texts.js';
import { addIndices } from './steps/repeatable-steps.js';

const QUESTIONS = new Table({
  name: 'provider_questions',
  columns: [
    { name: 'id', type: 'varchar', length: '43', isPrimary: true },
    { name: 'asked_at', type: 'bigint' },
    { name: 'revision', type: 'integer' },
    { name: 'answer', type: 'text', isNullable: true },
  ],
});

const INDICES = [new TableIndex({ name: 'provider_questions_asked', columnNames: ['asked_at'] })];

/** The questions of the provider test, so that all replicas together ask them no more often than they may. Idempotent. */
export class ProviderTest1791500000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(withLongTexts(QUESTIONS, queryRunner), true);
    await addIndices(queryRunner, 'provider_questions', INDICES);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable(QUESTIONS, true);
  }
}
