import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { OidcModule } from '../oidc/oidc.module.js';
import { ThrottlingModule } from '../throttling/throttling.module.js';
import { UsersModule } from '../users/users.module.js';
import { CliSecretReader } from './cli-secret-reader.service.js';
import { CliSecretUses } from './cli-secret-uses.service.js';
import { CliSecretVerifier } from './cli-secret-verifier.service.js';
import { CliSecret } from './cli-secret.entity.js';
import { CliSecretsResolver } from './cli-secrets.resolver.js';
import { CliSecretsService } from './cli-secrets.service.js';
import { CliSecretStatusResolver, UserCliSecretResolver } from './user-cli-secret.resolver.js';
import { OwnerStatus } from './owner-status.service.js';
import { VerifyCliSecretResolver } from './verify-cli-secret.resolver.js';

/**
 * Owns the one CLI secret of each OIDC user: making, replacing, revoking, and telling registry backends whether one is
 * valid. Knows that the provider must vouch for the owner, and asks `oidc` whether it does.
 */
@Module({
  imports: [TypeOrmModule.forFeature([CliSecret]), OidcModule, ThrottlingModule, UsersModule],
  providers: [
    ...[CliSecretsService, CliSecretReader, CliSecretVerifier, CliSecretUses, OwnerStatus],
    ...[CliSecretsResolver, VerifyCliSecretResolver, UserCliSecretResolver, CliSecretStatusResolver],
  ],
  exports: [CliSecretReader, CliSecretVerifier],
})
export class CliSecretsModule {}
