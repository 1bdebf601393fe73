import { Global, Module } from '@nestjs/common';
import { Budgets } from './budgets.service.js';
import { GuessCounts } from './guess-counts.service.js';
import { GuessThrottle } from './guess-throttle.service.js';
import { RegistrationThrottle } from './registration-throttle.service.js';

/**
 * Owns how often somebody may be wrong: counts of wrong passwords, secrets and tokens by address and by user; and how many
 * accounts strangers may make. Knows no user and no secret; the folders above say what is right. Global, because several of
 * them ask it.
 */
@Global()
@Module({
  providers: [GuessCounts, Budgets, GuessThrottle, RegistrationThrottle],
  exports: [GuessThrottle, RegistrationThrottle],
})
export class ThrottlingModule {}
