import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { GrantStore } from './grant-store.service.js';
import { ProviderGrant } from './provider-grant.entity.js';

/**
 * Owns what the provider gave for each user: the sealed tokens, the groups, and the rule that says how good they are.
 * Asks no provider; `oidc` does.
 */
@Module({ imports: [TypeOrmModule.forFeature([ProviderGrant])], providers: [GrantStore], exports: [GrantStore] })
export class GrantsModule {}
