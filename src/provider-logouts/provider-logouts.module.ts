import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ProviderLogout } from './provider-logout.entity.js';
import { ProviderLogouts } from './provider-logouts.service.js';

/**
 * Owns the stored logouts of the provider, so that a login that was running meanwhile does not count. Knows users and
 * sessions of the provider only by digests.
 */
@Module({
  imports: [TypeOrmModule.forFeature([ProviderLogout])],
  providers: [ProviderLogouts],
  exports: [ProviderLogouts],
})
export class ProviderLogoutsModule {}
