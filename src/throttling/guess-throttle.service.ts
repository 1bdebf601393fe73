import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { RateLimited } from '../common/common.errors.js';
import { fold } from '../common/fold.js';
import { newId } from '../common/ids.js';
import { SecretText } from '../common/secret-text.js';
import { Metrics } from '../health/metrics.js';
import { SettingsService } from '../settings/settings.service.js';
import { addressBlock } from './address-block.js';
import { GuessCounts } from './guess-counts.service.js';

/** Where a credential comes from. */
export interface Origin {
  readonly address: string;
  /** Whether others share this address who have nothing to do with each other: a registry backend that names no client. */
  readonly isShared?: boolean;
}

/** A user name with a password or a secret that its owner chose: something that can be guessed. */
export interface Guessable {
  readonly username: string;
  readonly secret: SecretText;
}

interface Budget {
  readonly key: string;
  readonly limit: number;
  readonly kind: 'address' | 'user' | 'known_address' | 'registration';
}

interface Places {
  readonly budgets: readonly Budget[];
  readonly spent: readonly Budget[];
}

interface TakenPlaces extends Places {
  readonly knownAddress: Budget;
  /** Each gives a place back. */
  readonly taken: readonly (() => void)[];
}

const LONGEST_NAME = 1024;
const LONGEST_SECRET = 1024;
/** For a credential that came while others were being checked that could use the budget up. */
const SOON_SECONDS = 1;
const MOST_REGISTRATIONS = 30;
const REGISTRATION_SECONDS = 3600;

/**
 * Keeps people from guessing passwords and secrets. Different wrong credentials are counted by address and by user; an
 * address from which a user lately logged in has a budget of its own for that user, so that nobody can lock somebody
 * else out. What nobody can guess is always checked, and its failures are counted by address alone. Keeps strangers from
 * making accounts without end as well.
 */
@Injectable()
export class GuessThrottle {
  constructor(
    private readonly counts: GuessCounts,
    private readonly settings: SettingsService,
    private readonly metrics: Metrics,
    private readonly clock: Clock,
  ) {}

  /**
   * Checks something that could be guessed, unless too many were wrong before it.
   *
   * @param check what it is right for; null where it is wrong
   * @returns the same
   * @throws {RateLimited} where it is not checked, or is wrong and one too many
   */
  async guessable<T>(origin: Origin, guess: Guessable, check: () => Promise<T | null>): Promise<T | null> {
    const credential = `${guess.username.slice(0, LONGEST_NAME)}\n${guess.secret.reveal().slice(0, LONGEST_SECRET)}`;
    const places = await this.placesFor(origin, guess.username, credential);
    try {
      const found = await check();
      if (found === null) await this.count(places, credential);
      else this.counts.trust(places.knownAddress.key);
      return found;
    } finally {
      for (const giveBack of places.taken) giveBack();
    }
  }

  /**
   * Checks something of ours that is random beyond guessing: always, so that the right one counts from any address.
   *
   * @param check what it is right for; null where it is wrong
   * @returns the same
   * @throws {RateLimited} where it is wrong and too many from this address were before it
   */
  async unguessable<T>(origin: Origin, credential: SecretText, check: () => Promise<T | null>): Promise<T | null> {
    const found = await check();
    if (found !== null || origin.isShared) return found;
    const { address } = this.budgetsOf(origin, '');
    const text = credential.reveal().slice(0, LONGEST_SECRET);
    const spent = [address].filter((budget) => this.isSpent(budget, text));
    if (spent.length > 0) throw this.refusal(spent);
    await this.count({ budgets: [address], spent }, text);
    return null;
  }

  /**
   * Counts an account that a stranger is about to make, apart from what was guessed: it takes the work of a password, a row,
   * and a name that nobody gets again.
   *
   * @throws {RateLimited} where too many came from this address within an hour
   */
  async registration(address: string): Promise<void> {
    const key = `registration ${addressBlock(address)}`;
    const budget: Budget = { key, limit: MOST_REGISTRATIONS, kind: 'registration' };
    const attempt = newId();
    if (this.isSpent(budget, attempt)) throw this.refusal([budget]);
    const over = await this.counts.count([budget], attempt, REGISTRATION_SECONDS);
    if (over.length > 0) throw this.refusal(over);
  }

  private budgetsOf(origin: Origin, username: string): Record<'address' | 'user' | 'knownAddress', Budget> {
    const { wrongSecretsPerAddress, wrongSecretsPerUser } = this.settings.current().general;
    const block = addressBlock(origin.address);
    const name = fold(username.slice(0, LONGEST_NAME));
    return {
      address: { key: `address ${block}`, limit: wrongSecretsPerAddress, kind: 'address' },
      user: { key: `user ${name}`, limit: wrongSecretsPerUser, kind: 'user' },
      knownAddress: { key: `known ${block} ${name}`, limit: wrongSecretsPerUser, kind: 'known_address' },
    };
  }

  /**
   * Takes a place in the budgets in which a wrong credential is counted. An address that is known to the user is let
   * through where the others are spent, and is told nothing else when it is wrong.
   */
  private async placesFor(origin: Origin, username: string, credential: string): Promise<TakenPlaces> {
    const { address, user, knownAddress } = this.budgetsOf(origin, username);
    const open = origin.isShared ? [user] : [address, user];
    const isSpent = (budget: Budget) => this.isSpent(budget, credential);
    const { counts } = this;
    const isKnown =
      counts.isKnownTrusted(knownAddress.key) || (open.some(isSpent) && (await counts.isTrusted(knownAddress.key)));
    // Nothing is waited for from here on: of many at once each sees the places that those before it took.
    const spent = open.filter(isSpent);
    if (isKnown && isSpent(knownAddress)) throw this.refusal([...spent, knownAddress]);
    if (!isKnown && spent.length > 0) throw this.refusal(spent);
    const budgets = isKnown ? [...open, knownAddress] : open;
    return { budgets, spent, knownAddress, taken: budgets.map(({ key }) => counts.known.reserve(key, credential)) };
  }

  private isSpent({ key, limit }: Budget, credential: string): boolean {
    return this.counts.known.isSpent(key, credential, limit, this.clock.now().getTime());
  }

  private async count({ budgets, spent }: Places, credential: string): Promise<void> {
    const seconds = this.settings.current().general.wrongSecretMinutes * 60;
    const over = await this.counts.count(
      budgets.filter((budget) => !spent.includes(budget)),
      credential,
      seconds,
    );
    if (spent.length > 0 || over.length > 0) throw this.refusal([...spent, ...over]);
  }

  private refusal(spent: readonly Budget[]): RateLimited {
    const now = this.clock.now().getTime();
    const ends = spent.map(({ key, limit, kind }) => {
      this.metrics.throttled(kind);
      const { failures, endsAt } = this.counts.known.of(key, now);
      return failures >= limit ? Math.ceil((endsAt - now) / 1000) : SOON_SECONDS;
    });
    return new RateLimited(Math.max(SOON_SECONDS, ...ends));
  }
}
