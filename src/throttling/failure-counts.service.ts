import { BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Clock } from '../common/runtime/clock.js';
import { ServiceUnavailable } from '../common/errors/common.errors.js';
import { yieldToEventLoop } from '../common/runtime/event-loop.js';
import { Installation } from '../settings/installation.js';
import {
  countFailure,
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
/** For how long an address stays known to a user who logged in from it. */
const TRUST_SECONDS = 30 * SECONDS_A_DAY;
const MOST_TRUSTED = 50_000;
/** Whoever may name addresses could make up any number of them for one user. */
const MOST_TRUSTED_BY_ONE = 100;
const SWEEP_EVERY_SECONDS = 10;
/** Strangers can make a count for each address and each name that they make up; this many take some ten megabytes. */
const MOST_ROWS = 100_000;
const DIGITS_OF_A_CREDENTIAL = 12;

/** What something is counted under, and how much of it there may be. */
interface CountedKey {
  readonly key: string;
  readonly limit: number;
}

/**
 * Counts wrong credentials in the database, for all replicas together. A process learns a count when it adds to it, so
 * that whoever is right costs nothing; a replica that has not heard of a spent budget takes one attempt and then knows.
 */
@Injectable()
export class FailureCounts implements BeforeApplicationShutdown {
  readonly known = new LocalCounts();
  private readonly logger = new Logger(FailureCounts.name);
  private readonly trusted = new Map<string, number>();
  private nextSweep = 0;
  private readonly trustWrites = new TrustWrites(
    MOST_TRUSTED_BY_ONE,
    (owner, addresses) => this.writeTrust(owner, addresses),
    () => this.logger.warn('An address from which somebody logged in could not be noted.'),
  );

  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly installation: Installation,
    private readonly clock: Clock,
  ) {}

  /**
   * Counts a wrong credential under some keys, once each, however often it is repeated.
   *
   * @returns those that are over their limit by now
   */
  async count<T extends CountedKey>(keys: readonly T[], credential: string, seconds: number): Promise<T[]> {
    const now = this.clock.now().getTime();
    const digest = this.installation.digest('credential', credential).toString('hex').slice(0, DIGITS_OF_A_CREDENTIAL);
    const isNew = ({ key }: T) => !this.known.of(key, now).credentials.includes(digest);
    try {
      for (const { key } of keys.filter(isNew)) await this.add(key, digest, now, now + seconds * 1000);
      await this.sweep(now);
    } catch (error) {
      if (!(error instanceof ServiceUnavailable)) throw error;
      // Where nothing can be written, what was read is still right or wrong: it is counted here only.
      for (const { key } of keys.filter(isNew)) this.addHere(key, digest, now, now + seconds * 1000);
    }
    return keys.filter(({ key, limit }) => placeIn(this.known.of(key, now), digest) > limit);
  }

  private async add(key: string, credential: string, now: number, endsAt: number): Promise<void> {
    const bucket = this.bucketOf(key);
    await countFailure(this.database, { bucket, credential, now, endsAt });
    const [count] = await readCounts(this.database, [bucket]);
    if (count) this.known.learn(key, count);
  }

  private addHere(key: string, credential: string, now: number, endsAt: number): void {
    const before = this.known.of(key, now);
    const credentials = `${before.credentials}${credential}.`;
    this.known.learn(key, { failures: before.failures + 1, credentials, endsAt: Math.max(before.endsAt, endsAt) });
  }

  /** Whether this process knows that somebody lately logged in from an address. */
  isKnownTrusted(key: string): boolean {
    return (this.trusted.get(key) ?? 0) > this.clock.now().getTime();
  }

  /** Whether somebody lately logged in from an address, here or at another replica. */
  async isTrusted(key: string): Promise<boolean> {
    if (this.isKnownTrusted(key)) return true;
    const [count] = await readCounts(this.database, [this.bucketOf(key)]);
    if (!count || count.trustedUntil <= this.clock.now().getTime()) return false;
    this.remember(key, count.trustedUntil);
    this.known.learn(key, count);
    return true;
  }

  /**
   * Notes that somebody logged in from an address: behind the answer, and once a day. Of one user the latest are kept.
   *
   * @param owner what stands for the user
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

  private async writeTrust(ownerKey: string, addresses: ReadonlyMap<string, Date>): Promise<void> {
    const owner = this.bucketOf(ownerKey);
    for (const [key, at] of addresses) {
      const trustedUntil = at.getTime() + TRUST_SECONDS * 1000;
      await noteTrust(this.database, { bucket: this.bucketOf(key), owner, trustedUntil });
      // Some hundred of them would hold a process with SQLite for long.
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

  /** Deletes what counts no longer and, where strangers have made too many, those first that failed least. */
  private async sweep(now: number): Promise<void> {
    if (now < this.nextSweep) return;
    this.nextSweep = now + SWEEP_EVERY_SECONDS * 1000;
    await deleteEnded(this.database, now);
    for (let failures = 1; (await numberOfCounts(this.database)) > MOST_ROWS && failures < MOST_ROWS; failures *= 2) {
      await deleteSmall(this.database, failures, now);
    }
  }
}

/** Which of a count a credential was, from 1 on: of many at the same moment each learns of later ones too. */
function placeIn({ credentials, failures }: LocalCount, digest: string): number {
  const index = credentials.split('.').indexOf(digest);
  return index < 0 ? failures : index + 1;
}
