import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { GrantVault } from './grant-store.service.js';
import { ProviderGrant } from './provider-grant.entity.js';

/**
 * Owns what the provider gave for each user: the sealed tokens, the groups, and the rule that says how good they are.
 * Asks no provider; `oidc` does.
 */
@Module({ imports: [TypeOrmModule.forFeature([ProviderGrant])], providers: [GrantVault], exports: [GrantVault] })
export class GrantsModule {}
