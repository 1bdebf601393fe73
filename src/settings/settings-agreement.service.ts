import { BeforeApplicationShutdown, Inject, Injectable, Logger, OnApplicationBootstrap } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { LessThan, MoreThan, Not, Repository } from 'typeorm';
import { SecretText } from '../common/crypto/secret-text.js';
import { changedARow } from '../common/persistence/conditional-write.js';
import { Clock } from '../common/runtime/clock.js';
import { ENVIRONMENT } from '../config/config.module.js';
import type { Environment } from '../config/env.js';
import { FixedDigest } from './fixed-digest.entity.js';
import { ACCESS_RULES } from './fixed-values.js';
import { Installation } from './installation.js';
import { fixedSettingsOf, fixedSourceOf } from './read-fixed-settings.js';

/** How often a process says that it is there, and looks at what the others say. */
const COMPARE_EVERY_MS = 30_000;
/** A process that was silent for this long counts as ended, also where clocks differ by a minute. */
export const THERE_FOR_MS = 180_000;
const LONGEST_HOST = 64;

/**
 * Compares what this process was given from outside, by FIXED_SETTINGS or SETTINGS_FILE, with what the other processes of the
 * installation were given. Nobody waits for it, and nothing depends on it but what operators are told.
 */
@Injectable()
export class SettingsAgreement implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(SettingsAgreement.name);
  private readonly id = randomUUID();
  private readonly digest: string;
  private timer?: NodeJS.Timeout;
  private round?: Promise<void>;
  private doesAgree = true;

  constructor(
    @InjectRepository(FixedDigest) private readonly rows: Repository<FixedDigest>,
    private readonly clock: Clock,
    installation: Installation,
    @Inject(ENVIRONMENT) environment: Environment,
  ) {
    this.digest = fixedDigestOf(environment, installation);
  }

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

/**
 * A digest of what the environment fixes, secrets included, that is equal in all processes of an installation which were given
 * the same. It is keyed, so that nobody who reads the database can try secrets out.
 */
export function fixedDigestOf(environment: Environment, installation: Installation): string {
  const { variable: _, ...settings } = fixedSettingsOf(environment);
  const rules = fixedSourceOf(environment)?.values[ACCESS_RULES] ?? [];
  return installation.digest(JSON.stringify(inOrder({ settings, rules }))).toString('base64url');
}

/** The same with names in alphabetical order, and secrets as texts. */
function inOrder(value: unknown): unknown {
  if (value instanceof SecretText) return value.reveal();
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([name, inner]) => [name, inOrder(inner)]));
}
