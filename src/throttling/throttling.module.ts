import { Module } from '@nestjs/common';
import { AccountRequestThrottle } from './account-request-throttle.service.js';
import { Budgets } from './budgets.service.js';
import { DisclosureThrottle } from './disclosure-throttle.service.js';
import { FailureCounts } from './failure-counts.service.js';
import { BruteForceGuard } from './brute-force-guard.service.js';
import { PushedLoginThrottle } from './pushed-login-throttle.service.js';
import { RegistrationThrottle } from './registration-throttle.service.js';
import { ThrottleLog } from './throttle-log.service.js';
import { UnknownSessionThrottle } from './unknown-session-throttle.service.js';
import { UnreadForwarding } from './unread-forwarding.service.js';

/**
 * Owns the limits on guessing: counts of wrong passwords, secrets and tokens by address and by user; of refusals that
 * disclose what other users have; of registrations; of requests for accounts; of unknown sessions of the provider; and of
 * logins that push their request there. Knows no user and no secret: the callers check credentials.
 */
@Module({
  providers: [
    ...[FailureCounts, Budgets, BruteForceGuard, DisclosureThrottle, RegistrationThrottle],
    ...[AccountRequestThrottle, UnknownSessionThrottle, PushedLoginThrottle, ThrottleLog, UnreadForwarding],
  ],
  exports: [
    ...[AccountRequestThrottle, BruteForceGuard, DisclosureThrottle, RegistrationThrottle],
    ...[UnknownSessionThrottle, PushedLoginThrottle, UnreadForwarding],
  ],
})
export class ThrottlingModule {}
