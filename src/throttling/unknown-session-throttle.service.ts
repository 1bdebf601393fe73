import { Injectable } from '@nestjs/common';
import { addressBlock } from '../common/network/address-block.js';
import { RateLimited } from '../common/errors/common.errors.js';
import { Budget, Budgets } from './budgets.service.js';
import { FailureCounts } from './failure-counts.service.js';

/** More than people of one office log out in that time whose session here has ended already. */
const MOST_UNKNOWN = 100;
const WINDOW_SECONDS = 600;

/** Limits how often one address may name sessions of the provider that nobody has here. */
@Injectable()
export class UnknownSessionThrottle {
  constructor(
    private readonly counts: FailureCounts,
    private readonly budgets: Budgets,
  ) {}

  /**
   * Ends the sessions that came from a session of the provider. The name is one that cannot be guessed, so it is always looked
   * up: nobody can stop the logouts of others by spending the budget of their address.
   *
   * @param name the session that was named; each counts once
   * @param end ends them; null if there are none
   * @throws {RateLimited} for an unknown one, after too many of them from this address
   */
  async attempt<T>(address: string | null, name: string, end: () => Promise<T | null>): Promise<T | null> {
    const key = `unknown session from ${addressBlock(address)}`;
    const budget: Budget = { key, limit: MOST_UNKNOWN, kind: 'address' };
    const isSpent = this.budgets.isSpent(budget, name);
    // No await before this: each of many concurrent attempts sees what those before it reserved.
    const release = this.counts.local.reserve(key, name);
    try {
      const ended = await end();
      if (ended !== null) return ended;
      if (isSpent) throw new RateLimited(this.budgets.refuse([budget]));
      await this.counts.count([budget], name, WINDOW_SECONDS);
      return null;
    } finally {
      release();
    }
  }
}
