import { Injectable } from '@nestjs/common';
import { SecretText } from '../common/crypto/secret-text.js';
import { RateLimited } from '../common/errors/common.errors.js';
import { addressBlock } from '../common/network/address-block.js';
import { fold } from '../common/text/case-folding.js';
import { SettingsService } from '../settings/settings.service.js';
import { Budget, Budgets } from './budgets.service.js';
import { FailureCounts } from './failure-counts.service.js';
import { ThrottleLog } from './throttle-log.service.js';

/** The address that a credential comes from. */
export interface ClientAddress {
  /** Null if it is unknown: all unknown addresses count as one. */
  readonly address: string | null;
  /** Whether unrelated clients share this address: that of a registry backend which does not name its clients. */
  readonly isShared?: boolean;
}

/** A user name with a password or a chosen secret: something that can be guessed. */
export interface Guessable {
  readonly username: string;
  readonly secret: SecretText;
}

/** The result of a check. */
export interface GuardedCheck<T> {
  /** What the credential is right for; null if it is wrong or was not checked. */
  readonly found: T | null;
  /** In how many seconds the client may try again; null if it is not throttled. */
  readonly retryAfterSeconds: number | null;
}

/** The budgets that one credential can use up. */
interface CredentialBudgets {
  readonly address: Budget;
  readonly user: Budget;
  readonly trustedAddress: Budget;
}

/** Whether a credential is checked, and in which budgets it is counted if it is wrong. */
interface Admission {
  readonly isRefused: boolean;
  /** Budgets without room: a wrong credential is refused for them, and not counted in them again. */
  readonly spent: readonly Budget[];
  /** Budgets with room: a wrong credential is counted in them. */
  readonly open: readonly Budget[];
}

const LONGEST_NAME = 1024;
const LONGEST_SECRET = 1024;

/**
 * Limits the guessing of passwords and secrets. Different wrong credentials are counted by address and by user. An
 * address from which a user logged in lately is trusted for that user and has a budget of its own, so that nobody can lock
 * somebody else out. A credential that cannot be guessed is always checked, and counted only by address.
 */
@Injectable()
export class BruteForceGuard {
  constructor(
    private readonly counts: FailureCounts,
    private readonly budgets: Budgets,
    private readonly settings: SettingsService,
    private readonly log: ThrottleLog,
  ) {}

  /**
   * Checks a credential that could be guessed, unless too many were wrong before it.
   *
   * @param check what the credential is right for; null if it is wrong
   */
  async check<T>(client: ClientAddress, guess: Guessable, check: () => Promise<T | null>): Promise<GuardedCheck<T>> {
    const credential = `${guess.username.slice(0, LONGEST_NAME)}\n${guess.secret.reveal().slice(0, LONGEST_SECRET)}`;
    const budgets = this.budgetsOf(client, guess.username);
    const usual = client.isShared ? [budgets.user] : [budgets.address, budgets.user];
    const isTrusted = await this.isTrusted(budgets.trustedAddress, usual, credential);
    // No await from here to the reservation: each of many concurrent credentials sees what those before it reserved.
    const admission = this.admissionOf(usual, isTrusted ? budgets.trustedAddress : null, credential);
    if (admission.isRefused) return { found: null, retryAfterSeconds: this.budgets.refuse(admission.spent) };
    const reserved = [...admission.open, ...admission.spent];
    const releases = reserved.map(({ key }) => this.counts.local.reserve(key, credential));
    try {
      const found = await check();
      if (found === null) {
        if (!client.isShared) this.log.noteName(addressBlock(client.address), budgets.user.key);
        return { found, retryAfterSeconds: await this.count(admission, credential) };
      }
      if (client.address !== null) this.counts.trust(budgets.trustedAddress.key, budgets.user.key);
      return { found, retryAfterSeconds: null };
    } finally {
      for (const release of releases) release();
    }
  }

  /**
   * The same, for callers that answer with an error.
   *
   * @returns what `check` returned
   * @throws {RateLimited} if the credential is not checked, or is wrong and one too many
   */
  async guessable<T>(client: ClientAddress, guess: Guessable, check: () => Promise<T | null>): Promise<T | null> {
    const { found, retryAfterSeconds } = await this.check(client, guess, check);
    if (retryAfterSeconds !== null) throw new RateLimited(retryAfterSeconds);
    return found;
  }

  /**
   * Counts a wrong credential of a kind that is generated and cannot be guessed, by address. The caller checks it first,
   * always, so that a right one is accepted from any address.
   *
   * @returns in how many seconds the client may try again; null if it is not throttled
   */
  async countUnguessable(client: ClientAddress, credential: SecretText): Promise<number | null> {
    if (client.isShared) return null;
    const { address } = this.budgetsOf(client, '');
    const text = credential.reveal().slice(0, LONGEST_SECRET);
    if (this.budgets.isSpent(address, text)) return this.budgets.refuse([address]);
    return this.count({ open: [address], spent: [] }, text);
  }

  private budgetsOf(client: ClientAddress, username: string): CredentialBudgets {
    const { wrongSecretsPerAddress, wrongSecretsPerUser } = this.settings.current().general;
    const block = addressBlock(client.address);
    const name = fold(username.slice(0, LONGEST_NAME)).slice(0, LONGEST_NAME);
    return {
      address: {
        ...{ key: `address ${block}`, limit: wrongSecretsPerAddress, kind: 'address' },
        throttles: { block, of: 'credentials' },
      },
      user: { key: `user ${name}`, limit: wrongSecretsPerUser, kind: 'user' },
      trustedAddress: { key: `known ${block} ${name}`, limit: wrongSecretsPerUser, kind: 'known_address' },
    };
  }

  /** Whether the user logged in lately from this address; the database is read only if that matters. */
  private async isTrusted(trustedAddress: Budget, usual: readonly Budget[], credential: string): Promise<boolean> {
    if (this.counts.isTrustedLocally(trustedAddress.key)) return true;
    const isAnySpent = usual.some((budget) => this.budgets.isSpent(budget, credential));
    return isAnySpent && this.counts.isTrusted(trustedAddress.key);
  }

  /**
   * Whether a credential is checked. From a trusted address it is, although the usual budgets are spent, until the
   * address's own budget is spent too.
   */
  private admissionOf(usual: readonly Budget[], trustedAddress: Budget | null, credential: string): Admission {
    const budgets = trustedAddress ? [...usual, trustedAddress] : usual;
    const spent = budgets.filter((budget) => this.budgets.isSpent(budget, credential));
    const open = budgets.filter((budget) => !spent.includes(budget));
    return { isRefused: trustedAddress ? spent.includes(trustedAddress) : spent.length > 0, spent, open };
  }

  /** Counts a wrong credential; the seconds until the client may try again, or null if it is not throttled. */
  private async count({ open, spent }: Pick<Admission, 'open' | 'spent'>, credential: string): Promise<number | null> {
    const seconds = this.settings.current().general.wrongSecretMinutes * 60;
    const over = await this.counts.count(open, credential, seconds);
    return spent.length > 0 || over.length > 0 ? this.budgets.refuse([...spent, ...over]) : null;
  }
}
