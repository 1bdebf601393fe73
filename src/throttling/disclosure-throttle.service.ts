import { Injectable } from '@nestjs/common';
import { addressBlock } from '../common/network/address-block.js';
import { RateLimited } from '../common/errors/common.errors.js';
import { SettingsService } from '../settings/settings.service.js';
import { Budget, Budgets } from './budgets.service.js';
import { FailureCounts } from './failure-counts.service.js';

/** The person who attempts something. */
export interface Applicant {
  /** Null if it is unknown. */
  readonly address: string | null;
  /** Null for a person who is not logged in. */
  readonly userId: string | null;
}

/** Something that another user may have already, such as a user name; a refusal discloses that. */
export interface Wanted<T> {
  readonly what: string;
  readonly attempt: () => Promise<T>;
  /** Whether an error discloses that another user has it. */
  readonly isTaken: (error: unknown) => boolean;
}

/**
 * Limits how much of other users' data can be found out by trying to take it: refusals that disclose it are counted like
 * wrong credentials, each value once, by address and by user. The counts are separate ones, so they block no login.
 */
@Injectable()
export class DisclosureThrottle {
  constructor(
    private readonly counts: FailureCounts,
    private readonly budgets: Budgets,
    private readonly settings: SettingsService,
  ) {}

  /**
   * Makes an attempt, unless too many attempts were refused because another user has what was wanted.
   *
   * @returns what the attempt returns; what it throws is thrown
   * @throws {RateLimited} if the attempt is not made, or is refused and one too many
   */
  async attempt<T>(applicant: Applicant, { what, attempt, isTaken }: Wanted<T>): Promise<T> {
    const budgets = this.budgetsOf(applicant);
    const spent = budgets.filter((budget) => this.budgets.isSpent(budget, what));
    if (spent.length > 0) throw new RateLimited(this.budgets.refuse(spent));
    // No await before this: each of many concurrent attempts sees what those before it reserved.
    const releases = budgets.map(({ key }) => this.counts.local.reserve(key, what));
    try {
      return await attempt();
    } catch (error) {
      if (isTaken(error)) await this.count(budgets, what);
      throw error;
    } finally {
      for (const release of releases) release();
    }
  }

  private budgetsOf({ address, userId }: Applicant): Budget[] {
    const { wrongSecretsPerAddress, wrongSecretsPerUser } = this.settings.current().general;
    const block = addressBlock(address);
    return [
      {
        key: `disclosed to ${block}`,
        limit: wrongSecretsPerAddress,
        kind: 'address',
        throttles: { block, of: 'disclosures' },
      },
      ...(userId === null
        ? []
        : [{ key: `disclosed to user ${userId}`, limit: wrongSecretsPerUser, kind: 'user' as const }]),
    ];
  }

  private async count(budgets: readonly Budget[], what: string): Promise<void> {
    const over = await this.counts.count(budgets, what, this.settings.current().general.wrongSecretMinutes * 60);
    if (over.length > 0) throw new RateLimited(this.budgets.refuse(over));
  }
}
