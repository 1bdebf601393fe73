import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ProviderLogout } from './provider-logout.entity.js';
import { ProviderLogouts } from './provider-logouts.service.js';

/**
 * Owns the memory of logouts at the provider, so that a login that was under way meanwhile does not count. Knows people
 * and sessions of the provider by digests only.
 */
@Module({
  imports: [TypeOrmModule.forFeature([ProviderLogout])],
  providers: [ProviderLogouts],
  exports: [ProviderLogouts],
})
export class ProviderLogoutsModule {}
