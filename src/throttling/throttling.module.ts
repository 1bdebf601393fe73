import { Module } from '@nestjs/common';
import { Budgets } from './budgets.service.js';
import { DisclosureThrottle } from './disclosure-throttle.service.js';
import { FailureCounts } from './failure-counts.service.js';
import { BruteForceGuard } from './brute-force-guard.service.js';
import { RegistrationThrottle } from './registration-throttle.service.js';

/**
 * Owns how often somebody may be wrong: counts of wrong passwords, secrets and tokens by address and by user; how often
 * somebody may be told that others have what they want; and how many accounts strangers may make. Knows no user and no
 * secret; the folders above say what is right.
 */
@Module({
  providers: [FailureCounts, Budgets, BruteForceGuard, DisclosureThrottle, RegistrationThrottle],
  exports: [BruteForceGuard, DisclosureThrottle, RegistrationThrottle],
})
export class ThrottlingModule {}
