import { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Grants of logins from before `login_begun_at` was stored get the last login of their user, so that the age of every login
 * is known. Idempotent; there is nothing to undo.
 */
export class LoginTimes1791300000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`UPDATE provider_grants
      SET login_begun_at = (SELECT u.last_login_at FROM users u WHERE u.id = provider_grants.user_id)
      WHERE login_begun_at IS NULL`);
  }

  async down(): Promise<void> {}
}
