import { BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Clock } from '../common/runtime/clock.js';
import { RELAXED_DURABILITY } from '../common/persistence/relaxed-durability.js';
import { LastUses } from '../common/persistence/write-behind.js';
import { CliSecret } from './cli-secret.entity.js';

/** Notes when CLI secrets are used, behind the answers. */
@Injectable()
export class CliSecretUses implements BeforeApplicationShutdown {
  private readonly logger = new Logger(CliSecretUses.name);
  // By digest, which is unique: a secret that was replaced meanwhile keeps its successor's row as it is.
  private readonly lastUses = new LastUses<string>(
    (digest, at) => this.updated(digest, at),
    () => this.logger.warn('The last use of a CLI secret could not be noted.'),
  );

  constructor(
    @InjectRepository(CliSecret) private readonly secrets: Repository<CliSecret>,
    private readonly clock: Clock,
  ) {}

  /** Notes that the secret with this digest is being used. */
  note(digest: string): void {
    this.lastUses.note(digest, this.clock.now());
  }

  private updated(digest: string, lastUsedAt: Date) {
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
