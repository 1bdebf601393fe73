import { Injectable } from '@nestjs/common';
import { RateLimited } from '../common/errors/common.errors.js';
import { addressBlock, addressNetwork } from '../common/network/address-block.js';
import { newId } from '../common/persistence/ids.js';
import { Budget, Budgets } from './budgets.service.js';
import { FailureCounts } from './failure-counts.service.js';
import { FairQueue } from './fair-queue.js';

/** How many logins one address block may begin in a window. A whole office may share one address. */
const MOST_BEGUN = 300;
const WINDOW_SECONDS = 600;
const LIMITS = { atOnce: 16, waitingEach: 4, waiting: 64 };

/**
 * Limits the logins that push their request: anybody can begin one without a password, and each is a request to the
 * provider with the credentials of Mooring. They are counted by address block, over all replicas. In each process a few
 * run at once, so that they leave connections to the provider for everything else; the others wait in a short queue, in
 * which address blocks take turns.
 */
@Injectable()
export class PushedLoginThrottle {
  private readonly queue = new FairQueue(LIMITS);

  constructor(
    private readonly counts: FailureCounts,
    private readonly budgets: Budgets,
  ) {}

  /**
   * Pushes the request of a login.
   *
   * @param address the client address; null if it is not known
   * @returns what `push` returns; what it throws is thrown
   * @throws {RateLimited} after too many logins from this address, or if too many wait
   */
  async push<T>(address: string | null, push: () => Promise<T>): Promise<T> {
    await this.count(address);
    return this.queue.run({ source: addressBlock(address), crowd: addressNetwork(address) }, push);
  }

  private async count(address: string | null): Promise<void> {
    const block = addressBlock(address);
    const throttles = { block, of: 'logins' } as const;
    const budget: Budget = { key: `pushed login ${block}`, limit: MOST_BEGUN, kind: 'address', throttles };
    const login = newId();
    if (this.budgets.isSpent(budget, login)) throw new RateLimited(this.budgets.refuse([budget]));
    // No await before this: each of many concurrent logins sees what those before it reserved.
    const release = this.counts.local.reserve(budget.key, login);
    try {
      const spent = await this.counts.count([budget], login, WINDOW_SECONDS);
      if (spent.length > 0) throw new RateLimited(this.budgets.refuse(spent));
    } finally {
      release();
    }
  }
}
