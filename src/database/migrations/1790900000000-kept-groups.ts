import { MigrationInterface, QueryRunner, TableColumn } from 'typeorm';
import { addColumns, dropColumns } from './steps/repeatable-steps.js';

const COLUMNS = [new TableColumn({ name: 'groups_told_at', type: 'datetime', precision: 3, isNullable: true })];

/**
 * Since when the groups of a grant have not been told again; each step can be repeated. Those of grants from before this
 * count as told with the tokens that are kept, as if they came at the last login or refresh.
 */
export class KeptGroups1790900000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await addColumns(queryRunner, 'provider_grants', COLUMNS);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await dropColumns(queryRunner, 'provider_grants', COLUMNS);
  }
}
