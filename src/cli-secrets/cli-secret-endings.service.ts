import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, LessThanOrEqual, Repository } from 'typeorm';
import { CliSecret } from './cli-secret.entity.js';

const AT_ONCE = 500;

/** Ends the CLI secrets of users who got another identity at the provider. */
@Injectable()
export class CliSecretEndings {
  constructor(@InjectRepository(CliSecret) private readonly secrets: Repository<CliSecret>) {}

  /**
   * Deletes the secrets of these users from before the change; they get new ones after their next login. Can be repeated.
   *
   * @param until when the identities changed
   */
  async endFormer(userIds: readonly string[], until: Date): Promise<void> {
    for (let begin = 0; begin < userIds.length; begin += AT_ONCE) {
      const userId = In(userIds.slice(begin, begin + AT_ONCE));
      await this.secrets.delete({ userId, createdAt: LessThanOrEqual(until) });
    }
  }
}
