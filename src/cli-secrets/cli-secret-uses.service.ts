import { BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Clock } from '../common/runtime/clock.js';
import { RELAXED_DURABILITY } from '../common/persistence/relaxed-durability.js';
import { LastUses } from '../common/persistence/write-behind.js';
import { CliSecret } from './cli-secret.entity.js';

/** Stores when CLI secrets were last used, in the background. */
@Injectable()
export class CliSecretUses implements BeforeApplicationShutdown {
  private readonly logger = new Logger(CliSecretUses.name);
  // By digest, which is unique: the use of a secret that was replaced meanwhile does not count for its successor.
  private readonly lastUses = new LastUses<string>(
    (digest, at) => this.update(digest, at),
    () => this.logger.warn('The last use of a CLI secret could not be stored.'),
  );

  constructor(
    @InjectRepository(CliSecret) private readonly secrets: Repository<CliSecret>,
    private readonly clock: Clock,
  ) {}

  /** Notes a use of the secret with this digest. */
  note(digest: string): void {
    this.lastUses.note(digest, this.clock.now());
  }

  private update(digest: string, lastUsedAt: Date) {
    return this.secrets
      .createQueryBuilder()
      .update()
      .set({ lastUsedAt })
      .where({ digest })
      .comment(RELAXED_DURABILITY)
      .execute();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.lastUses.flush();
  }
}
