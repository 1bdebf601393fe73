import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ConsentedTokens } from './consented-tokens.service.js';
import { GrantEndings } from './grant-endings.service.js';
import { GrantLogouts } from './grant-logouts.service.js';
import { GrantStore } from './grant-store.service.js';
import { ProviderGrant } from './provider-grant.entity.js';

export { GrantEndings } from './grant-endings.service.js';
export { GrantLogouts } from './grant-logouts.service.js';

/**
 * Owns the grants of the provider: the sealed tokens and groups of each user, and the rule for the status of a grant. Sends
 * nothing to the provider; `oidc` does.
 */
@Module({
  imports: [TypeOrmModule.forFeature([ProviderGrant])],
  providers: [ConsentedTokens, GrantEndings, GrantLogouts, GrantStore],
  exports: [ConsentedTokens, GrantEndings, GrantLogouts, GrantStore],
})
export class GrantsModule {}
