import { Injectable } from '@nestjs/common';
import { addressBlock } from '../common/network/address-block.js';
import { SettingsService } from '../settings/settings.service.js';
import { Budget, Budgets } from './budgets.service.js';
import { FailureCounts } from './failure-counts.service.js';

/** Who wants something. */
export interface Applicant {
  /** Null where nobody can tell. */
  readonly address: string | null;
  /** Null for somebody who is not logged in. */
  readonly userId: string | null;
}

/** Something that others may have already, which its refusal tells. */
export interface Wanted<T> {
  readonly what: string;
  readonly attempt: () => Promise<T>;
  /** Whether an error tells that somebody else has it. */
  readonly isTaken: (error: unknown) => boolean;
}

/**
 * Keeps people from finding out what others have by wanting it: refusals that tell it are counted like wrong credentials,
 * each once, by address and by user. They are counts of their own, so that they keep nobody from logging in.
 */
@Injectable()
export class DisclosureThrottle {
  constructor(
    private readonly counts: FailureCounts,
    private readonly budgets: Budgets,
    private readonly settings: SettingsService,
  ) {}

  /**
   * Attempts something, unless too many attempts were refused because somebody else has what was wanted.
   *
   * @returns what the attempt does, which may throw as well
   * @throws {RateLimited} where it is not attempted, or is refused and one too many
   */
  async attempt<T>(applicant: Applicant, { what, attempt, isTaken }: Wanted<T>): Promise<T> {
    const budgets = this.budgetsOf(applicant);
    const spent = budgets.filter((budget) => this.budgets.isSpent(budget, what));
    if (spent.length > 0) throw this.budgets.refusal(spent);
    // As with wrong credentials: of many at once each sees the places that those before it took.
    const taken = budgets.map(({ key }) => this.counts.known.reserve(key, what));
    try {
      return await attempt();
    } catch (error) {
      if (isTaken(error)) await this.count(budgets, what);
      throw error;
    } finally {
      for (const giveBack of taken) giveBack();
    }
  }

  private budgetsOf({ address, userId }: Applicant): Budget[] {
    const { wrongSecretsPerAddress, wrongSecretsPerUser } = this.settings.current().general;
    const block = addressBlock(address);
    return [
      { key: `disclosed to ${block}`, limit: wrongSecretsPerAddress, kind: 'address' },
      ...(userId === null
        ? []
        : [{ key: `disclosed to user ${userId}`, limit: wrongSecretsPerUser, kind: 'user' as const }]),
    ];
  }

  private async count(budgets: readonly Budget[], what: string): Promise<void> {
    const over = await this.counts.count(budgets, what, this.settings.current().general.wrongSecretMinutes * 60);
    if (over.length > 0) throw this.budgets.refusal(over);
  }
}
