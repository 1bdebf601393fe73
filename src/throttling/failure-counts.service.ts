import { BeforeApplicationShutdown, Injectable, Logger, OnApplicationShutdown } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Clock } from '../common/runtime/clock.js';
import { JoinedWrites } from '../common/persistence/joined-writes.js';
import { ServiceUnavailable } from '../common/errors/common.errors.js';
import { yieldToEventLoop } from '../common/runtime/event-loop.js';
import { Installation } from '../settings/installation.js';
import {
  CountedFailure,
  countFailures,
  deleteEnded,
  deleteOldestTrust,
  deleteSmall,
  noteTrust,
  numberOfCounts,
  readCounts,
} from './failure-count.statements.js';
import { LocalCount, LocalCounts } from './local-counts.js';
import { TrustWrites } from './trust-writes.js';

const SECONDS_A_DAY = 86_400;
/** For how long an address is trusted for a user after a login. */
const TRUST_SECONDS = 30 * SECONDS_A_DAY;
const MOST_TRUSTED = 50_000;
/** A client that may set the address header could invent any number of addresses for one user. */
const MOST_TRUSTED_BY_ONE = 100;
const SWEEP_EVERY_SECONDS = 10;
/** Anonymous clients can cause a row for each address and each name that they invent; this many take about ten megabytes. */
const MOST_ROWS = 100_000;
const DIGEST_DIGITS = 12;

/** A key that failures are counted under, and how many are allowed. */
interface CountedKey {
  readonly key: string;
  readonly limit: number;
}

/** A failure, with the key that this process knows its bucket by. */
interface Failure extends CountedFailure {
  readonly key: string;
}

/**
 * Counts wrong credentials in the database, for all replicas together. A process reads a count only when it adds to it,
 * so a right credential costs no statement; a replica that has not read a spent budget accepts one attempt and then knows.
 */
@Injectable()
export class FailureCounts implements BeforeApplicationShutdown, OnApplicationShutdown {
  readonly local = new LocalCounts();
  private readonly logger = new Logger(FailureCounts.name);
  private readonly trusted = new Map<string, number>();
  private nextSweep = 0;
  private readonly failures = new JoinedWrites<Failure>((all) => this.countTogether(all));
  private readonly trustWrites = new TrustWrites(
    MOST_TRUSTED_BY_ONE,
    (owner, addresses) => this.writeTrust(owner, addresses),
    () => this.logger.warn('A trusted address could not be stored.'),
  );

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly installation: Installation,
    private readonly clock: Clock,
  ) {}

  /**
   * Counts a wrong credential under each of these keys, once, however often it is repeated.
   *
   * @returns the keys that are over their limit now
   */
  async count<T extends CountedKey>(keys: readonly T[], credential: string, seconds: number): Promise<T[]> {
    const now = this.clock.now().getTime();
    const digest = this.installation.digest('credential', credential).toString('hex').slice(0, DIGEST_DIGITS);
    const isNew = ({ key }: T) => !this.local.of(key, now).credentials.includes(digest);
    try {
      await Promise.all(keys.filter(isNew).map(({ key }) => this.failures.add(this.failureOf(key, digest, seconds))));
      await this.sweep(now);
    } catch (error) {
      if (!(error instanceof ServiceUnavailable)) throw error;
      // A database that cannot be written may still answer reads: the failure is counted in this process only.
      for (const { key } of keys.filter(isNew)) this.countLocally(key, digest, now, now + seconds * 1000);
    }
    return keys.filter(({ key, limit }) => positionIn(this.local.of(key, now), digest) > limit);
  }

  private failureOf(key: string, credential: string, seconds: number): Failure {
    return { key, bucket: this.bucketOf(key), credential, endsAt: this.clock.now().getTime() + seconds * 1000 };
  }

  /** Counts failures in the database, and reads how many there are then: two statements, however many requests failed. */
  private async countTogether(failures: readonly Failure[]): Promise<void> {
    const keys = new Map(failures.map(({ bucket, key }) => [bucket, key]));
    await countFailures(this.database, failures, this.clock.now().getTime());
    for (const count of await readCounts(this.database, [...keys.keys()])) {
      const key = keys.get(count.bucket);
      if (key !== undefined) this.local.update(key, count);
    }
  }

  private countLocally(key: string, credential: string, now: number, endsAt: number): void {
    const before = this.local.of(key, now);
    const credentials = `${before.credentials}${credential}.`;
    this.local.update(key, { failures: before.failures + 1, credentials, endsAt: Math.max(before.endsAt, endsAt) });
  }

  /** Whether this process knows that an address is trusted for a user. */
  isTrustedLocally(key: string): boolean {
    return (this.trusted.get(key) ?? 0) > this.clock.now().getTime();
  }

  /** Whether an address is trusted for a user, as any replica noted. */
  async isTrusted(key: string): Promise<boolean> {
    if (this.isTrustedLocally(key)) return true;
    const [count] = await readCounts(this.database, [this.bucketOf(key)]);
    if (!count || count.trustedUntil <= this.clock.now().getTime()) return false;
    this.remember(key, count.trustedUntil);
    this.local.update(key, count);
    return true;
  }

  /**
   * Trusts an address for a user who logged in from it. It is written in the background, once a day; of each user the
   * latest addresses are kept.
   *
   * @param owner the key of the user
   */
  trust(key: string, owner: string): void {
    const now = this.clock.now();
    const until = now.getTime() + TRUST_SECONDS * 1000;
    if ((this.trusted.get(key) ?? 0) > until - SECONDS_A_DAY * 1000) return;
    this.remember(key, until);
    this.trustWrites.note(owner, key, now);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.trustWrites.flush();
  }

  /** What was noted by the last requests, which are answered after the first of these two. */
  async onApplicationShutdown(): Promise<void> {
    await this.trustWrites.flush();
  }

  private async writeTrust(ownerKey: string, addresses: ReadonlyMap<string, Date>): Promise<void> {
    const owner = this.bucketOf(ownerKey);
    for (const [key, at] of addresses) {
      const trustedUntil = at.getTime() + TRUST_SECONDS * 1000;
      await noteTrust(this.database, { bucket: this.bucketOf(key), owner, trustedUntil });
      // SQLite writes are synchronous: a hundred of them in a row would block the process.
      await yieldToEventLoop();
    }
    await deleteOldestTrust(this.database, owner, MOST_TRUSTED_BY_ONE);
  }

  private remember(key: string, until: number): void {
    this.trusted.delete(key);
    this.trusted.set(key, until);
    const [oldest] = this.trusted.size > MOST_TRUSTED ? this.trusted.keys() : [];
    if (oldest !== undefined) this.trusted.delete(oldest);
  }

  private bucketOf(key: string): string {
    return this.installation.digest('guess-count', key).toString('base64url');
  }

  /** Deletes ended counts and, if there are too many rows, the counts with the fewest failures first. */
  private async sweep(now: number): Promise<void> {
    if (now < this.nextSweep) return;
    this.nextSweep = now + SWEEP_EVERY_SECONDS * 1000;
    await deleteEnded(this.database, now);
    for (let failures = 1; (await numberOfCounts(this.database)) > MOST_ROWS && failures < MOST_ROWS; failures *= 2) {
      await deleteSmall(this.database, failures, now);
    }
  }
}

/** The 1-based position of a credential among those counted; concurrent ones may see later entries. */
function positionIn({ credentials, failures }: LocalCount, digest: string): number {
  const index = credentials.split('.').indexOf(digest);
  return index < 0 ? failures : index + 1;
}
