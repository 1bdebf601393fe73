import { Injectable } from '@nestjs/common';
import { addressBlock } from '../common/network/address-block.js';
import { newId } from '../common/persistence/ids.js';
import { RateLimited } from '../common/errors/common.errors.js';
import { SettingsService } from '../settings/settings.service.js';
import { Budget, Budgets } from './budgets.service.js';
import { DisclosureThrottle, Wanted } from './disclosure-throttle.service.js';
import { FailureCounts } from './failure-counts.service.js';

const HOUR_SECONDS = 3600;

/**
 * Limits how many accounts one address can register: each costs a password hash, a row, and a user name that is never
 * free again.
 */
@Injectable()
export class RegistrationThrottle {
  constructor(
    private readonly counts: FailureCounts,
    private readonly budgets: Budgets,
    private readonly settings: SettingsService,
    private readonly disclosures: DisclosureThrottle,
  ) {}

  /**
   * Makes an attempt to register. It is counted separately from wrong credentials, whether it succeeds or not.
   *
   * @returns what the attempt returns; what it throws is thrown
   * @throws {RateLimited} after too many attempts from this address within an hour, or too many that were refused because
   * another user has the name or e-mail address
   */
  async attempt<T>(address: string | null, account: Wanted<T>): Promise<T> {
    await this.count(address);
    return this.disclosures.attempt({ address, userId: null }, account);
  }

  private async count(address: string | null): Promise<void> {
    const { registrationsPerHour: limit } = this.settings.current().general;
    const block = addressBlock(address);
    const throttles = { block, of: 'registrations' } as const;
    const budget: Budget = { key: `registration ${block}`, limit, kind: 'registration', throttles };
    const attempt = newId();
    const spent = this.budgets.isSpent(budget, attempt)
      ? [budget]
      : await this.counts.count([budget], attempt, HOUR_SECONDS);
    if (spent.length > 0) throw new RateLimited(this.budgets.refuse(spent));
  }
}
