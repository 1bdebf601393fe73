import { BeforeApplicationShutdown, Inject, Injectable, Logger, OnApplicationBootstrap } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { LessThan, MoreThan, Not, Repository } from 'typeorm';
import { changedARow } from '../common/persistence/conditional-write.js';
import { Clock } from '../common/runtime/clock.js';
import { FixedDigest } from './fixed-digest.entity.js';

/** How often a process says that it is there, and looks at what the others say. */
const COMPARE_EVERY_MS = 30_000;
/** A process that was silent for this long counts as ended, also where clocks differ by a minute. */
export const THERE_FOR_MS = 180_000;
const LONGEST_HOST = 64;

/** The token under which the digest of what this process was given is injected: equal where the same is in force. */
export const FIXED_DIGEST = Symbol('FIXED_DIGEST');

/**
 * Compares what this process was given from outside, by FIXED_SETTINGS or SETTINGS_FILE, with what the other processes of the
 * installation were given. Nobody waits for it, and nothing depends on it but what operators are told.
 */
@Injectable()
export class SettingsAgreement implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(SettingsAgreement.name);
  private readonly id = randomUUID();
  private timer?: NodeJS.Timeout;
  private round?: Promise<void>;
  private doesAgree = true;

  constructor(
    @InjectRepository(FixedDigest) private readonly rows: Repository<FixedDigest>,
    private readonly clock: Clock,
    @Inject(FIXED_DIGEST) private readonly digest: string,
  ) {}

  /** Whether all processes that are there have been given the same, as far as the last comparison knows. */
  get isAgreed(): boolean {
    return this.doesAgree;
  }

  onApplicationBootstrap(): void {
    void this.compare();
    this.timer = setInterval(() => void this.compare(), COMPARE_EVERY_MS).unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.round;
    await this.rows.delete({ id: this.id }).catch(() => undefined);
  }

  /** Says what this process has, and looks at what the others have. One comparison at a time; a database that fails ends it. */
  compare(): Promise<void> {
    this.round ??= this.compareNow()
      .catch((error: Error) => this.logger.debug({ error: error.message }, 'Settings could not be compared.'))
      .finally(() => (this.round = undefined));
    return this.round;
  }

  private async compareNow(): Promise<void> {
    const now = this.clock.now();
    const since = new Date(now.getTime() - THERE_FOR_MS);
    await this.say(now);
    await this.rows.delete({ seenAt: LessThan(since) });
    const other = await this.rows.findOneBy({ seenAt: MoreThan(since), digest: Not(this.digest) });
    if (this.doesAgree && other) {
      this.logger.warn(
        { otherHost: other.host },
        'This process has other settings in FIXED_SETTINGS or SETTINGS_FILE than another one of the installation. Give all of them the same, and restart those that have another.',
      );
    }
    this.doesAgree = other === null;
  }

  private async say(now: Date): Promise<void> {
    const said = { digest: this.digest, host: hostname().slice(0, LONGEST_HOST), seenAt: now };
    if (!changedARow(await this.rows.update({ id: this.id }, said))) await this.rows.insert({ id: this.id, ...said });
  }
}
