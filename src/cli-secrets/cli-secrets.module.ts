import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { OidcModule } from '../oidc/oidc.module.js';
import { ThrottlingModule } from '../throttling/throttling.module.js';
import { UsersModule } from '../users/users.module.js';
import { CliSecretEndings } from './cli-secret-endings.service.js';
import { CliSecretReader } from './cli-secret-reader.service.js';
import { CliSecretVerifier } from './cli-secret-verifier.service.js';
import { CliSecret } from './cli-secret.entity.js';
import { CliSecretUseResolver } from './cli-secret-use.resolver.js';
import { CliSecretsResolver } from './cli-secrets.resolver.js';
import { CliSecretsService } from './cli-secrets.service.js';
import { CliSecretStatusResolver, UserCliSecretResolver } from './user-cli-secret.resolver.js';
import { PresentedSecrets } from './presented-secrets.service.js';
import { VerificationAudit } from './verification-audit.service.js';
import { VerifyCliSecretResolver } from './verify-cli-secret.resolver.js';

/**
 * Owns the CLI secret of each OIDC user: makes, replaces and revokes it, and tells registry backends whether one is
 * valid. Knows that the provider must vouch for the owner, and leaves refreshing to `oidc`.
 */
@Module({
  imports: [TypeOrmModule.forFeature([CliSecret]), OidcModule, ThrottlingModule, UsersModule],
  providers: [
    ...[CliSecretsService, CliSecretReader, CliSecretVerifier, CliSecretEndings, PresentedSecrets],
    ...[CliSecretsResolver, VerifyCliSecretResolver, UserCliSecretResolver, CliSecretStatusResolver],
    ...[CliSecretUseResolver, VerificationAudit],
  ],
  exports: [CliSecretReader, CliSecretVerifier, CliSecretEndings],
})
export class CliSecretsModule {}
