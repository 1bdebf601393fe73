import { Injectable } from '@nestjs/common';
import { addressBlock } from '../common/network/address-block.js';
import { fold } from '../common/text/case-folding.js';
import { SecretText } from '../common/crypto/secret-text.js';
import { SettingsService } from '../settings/settings.service.js';
import { Budget, Budgets } from './budgets.service.js';
import { FailureCounts } from './failure-counts.service.js';

/** Where a credential comes from. */
export interface ClientAddress {
  /** Null where nobody can tell: all of those are one address. */
  readonly address: string | null;
  /** Whether others share this address who have nothing to do with each other: a registry backend that names no client. */
  readonly isShared?: boolean;
}

/** A user name with a password or a secret that its owner chose: something that can be guessed. */
export interface Guessable {
  readonly username: string;
  readonly secret: SecretText;
}

interface Places {
  readonly budgets: readonly Budget[];
  readonly spent: readonly Budget[];
}

interface TakenPlaces extends Places {
  readonly user: Budget;
  readonly knownAddress: Budget;
  /** Each gives a place back. */
  readonly taken: readonly (() => void)[];
}

const LONGEST_NAME = 1024;
const LONGEST_SECRET = 1024;

/**
 * Keeps people from guessing passwords and secrets. Different wrong credentials are counted by address and by user; an
 * address from which a user lately logged in has a budget of its own for that user, so that nobody can lock somebody
 * else out. What nobody can guess is always checked, and its failures are counted by address alone.
 */
@Injectable()
export class BruteForceGuard {
  constructor(
    private readonly counts: FailureCounts,
    private readonly budgets: Budgets,
    private readonly settings: SettingsService,
  ) {}

  /**
   * Checks something that could be guessed, unless too many were wrong before it.
   *
   * @param check what it is right for; null where it is wrong
   * @returns the same
   * @throws {RateLimited} where it is not checked, or is wrong and one too many
   */
  async guessable<T>(origin: ClientAddress, guess: Guessable, check: () => Promise<T | null>): Promise<T | null> {
    const credential = `${guess.username.slice(0, LONGEST_NAME)}\n${guess.secret.reveal().slice(0, LONGEST_SECRET)}`;
    const places = await this.placesFor(origin, guess.username, credential);
    try {
      const found = await check();
      if (found === null) await this.count(places, credential);
      else if (origin.address !== null) this.counts.trust(places.knownAddress.key, places.user.key);
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
  async unguessable<T>(
    origin: ClientAddress,
    credential: SecretText,
    check: () => Promise<T | null>,
  ): Promise<T | null> {
    const found = await check();
    if (found !== null || origin.isShared) return found;
    const { address } = this.budgetsOf(origin, '');
    const text = credential.reveal().slice(0, LONGEST_SECRET);
    const spent = [address].filter((budget) => this.budgets.isSpent(budget, text));
    if (spent.length > 0) throw this.budgets.refusal(spent);
    await this.count({ budgets: [address], spent }, text);
    return null;
  }

  private budgetsOf(origin: ClientAddress, username: string): Record<'address' | 'user' | 'knownAddress', Budget> {
    const { wrongSecretsPerAddress, wrongSecretsPerUser } = this.settings.current().general;
    const block = addressBlock(origin.address);
    const name = fold(username.slice(0, LONGEST_NAME)).slice(0, LONGEST_NAME);
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
  private async placesFor(origin: ClientAddress, username: string, credential: string): Promise<TakenPlaces> {
    const { address, user, knownAddress } = this.budgetsOf(origin, username);
    const open = origin.isShared ? [user] : [address, user];
    const isSpent = (budget: Budget) => this.budgets.isSpent(budget, credential);
    const { counts } = this;
    const isKnown =
      counts.isKnownTrusted(knownAddress.key) || (open.some(isSpent) && (await counts.isTrusted(knownAddress.key)));
    // Nothing is waited for from here on: of many at once each sees the places that those before it took.
    const spent = open.filter(isSpent);
    if (isKnown && isSpent(knownAddress)) throw this.budgets.refusal([...spent, knownAddress]);
    if (!isKnown && spent.length > 0) throw this.budgets.refusal(spent);
    const budgets = isKnown ? [...open, knownAddress] : open;
    return {
      budgets,
      spent,
      user,
      knownAddress,
      taken: budgets.map(({ key }) => counts.known.reserve(key, credential)),
    };
  }

  private async count({ budgets, spent }: Places, credential: string): Promise<void> {
    const seconds = this.settings.current().general.wrongSecretMinutes * 60;
    const over = await this.counts.count(
      budgets.filter((budget) => !spent.includes(budget)),
      credential,
      seconds,
    );
    if (spent.length > 0 || over.length > 0) throw this.budgets.refusal([...spent, ...over]);
  }
}
