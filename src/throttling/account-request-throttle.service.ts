import { Injectable } from '@nestjs/common';
import { addressBlock } from '../common/network/address-block.js';
import { newId } from '../common/persistence/ids.js';
import { RateLimited } from '../common/errors/common.errors.js';
import { Budget, Budgets } from './budgets.service.js';
import { FailureCounts } from './failure-counts.service.js';

const HOUR_SECONDS = 3600;
const MOST_OF_ADDRESS = 20;
const MOST_OF_IDENTITY = 5;

/** Limits how often people ask for accounts that are theirs: each request is a row, and administrators read it. */
@Injectable()
export class AccountRequestThrottle {
  constructor(
    private readonly counts: FailureCounts,
    private readonly budgets: Budgets,
  ) {}

  /**
   * Counts a request.
   *
   * @param identity what tells the person from others
   * @throws {RateLimited} after too many from this address, or of this identity, within an hour
   */
  async count(address: string | null, identity: string): Promise<void> {
    const budgets: Budget[] = [
      { key: `account request ${addressBlock(address)}`, limit: MOST_OF_ADDRESS, kind: 'account_request' },
      { key: `account request of ${identity}`, limit: MOST_OF_IDENTITY, kind: 'account_request' },
    ];
    const request = newId();
    const spent = budgets.filter((budget) => this.budgets.isSpent(budget, request));
    const over = spent.length > 0 ? spent : await this.counts.count(budgets, request, HOUR_SECONDS);
    if (over.length > 0) throw new RateLimited(this.budgets.refuse(over));
  }
}
