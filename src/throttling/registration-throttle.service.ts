import { Injectable } from '@nestjs/common';
import { addressBlock } from '../common/network/address-block.js';
import { newId } from '../common/persistence/ids.js';
import { SettingsService } from '../settings/settings.service.js';
import { Budget, Budgets } from './budgets.service.js';
import { DisclosureThrottle, Wanted } from './disclosure-throttle.service.js';
import { FailureCounts } from './failure-counts.service.js';

const HOUR_SECONDS = 3600;

/** Keeps strangers from making accounts without end: each takes the work of a password, a row, and a name that nobody gets again. */
@Injectable()
export class RegistrationThrottle {
  constructor(
    private readonly counts: FailureCounts,
    private readonly budgets: Budgets,
    private readonly settings: SettingsService,
    private readonly disclosures: DisclosureThrottle,
  ) {}

  /**
   * Lets a stranger make an account. It is counted apart from what was guessed, whether it succeeds or not.
   *
   * @returns what the attempt does, which may throw as well
   * @throws {RateLimited} where too many came from this address within an hour, or too many were refused because somebody
   * else has what they wanted
   */
  async attempt<T>(address: string | null, account: Wanted<T>): Promise<T> {
    await this.count(address);
    return this.disclosures.attempt({ address, userId: null }, account);
  }

  private async count(address: string | null): Promise<void> {
    const { registrationsPerHour: limit } = this.settings.current().general;
    const budget: Budget = { key: `registration ${addressBlock(address)}`, limit, kind: 'registration' };
    const attempt = newId();
    const spent = this.budgets.isSpent(budget, attempt)
      ? [budget]
      : await this.counts.count([budget], attempt, HOUR_SECONDS);
    if (spent.length > 0) throw this.budgets.refusal(spent);
  }
}
