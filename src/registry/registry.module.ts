import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ENVIRONMENT } from '../config/config.module.js';
import { CliSecretsModule } from '../cli-secrets/cli-secrets.module.js';
import { GrantsModule } from '../grants/grants.module.js';
import { GroupsModule } from '../groups/groups.module.js';
import { OidcModule } from '../oidc/oidc.module.js';
import { ThrottlingModule } from '../throttling/throttling.module.js';
import { UsersModule } from '../users/users.module.js';
import { AccessRule } from './access-rules/access-rule.entity.js';
import { AccessRuleForm } from './access-rules/access-rule-form.service.js';
import { AccessRuleAdministration } from './access-rules/access-rule-administration.service.js';
import { AccessRulesResolver } from './access-rules/access-rules.resolver.js';
import { AccessRules } from './access-rules/access-rules.service.js';
import { AffectedNames } from './access-rules/affected-names.service.js';
import { AccessExplanations } from './explain/access-explanations.service.js';
import { ExplainAccessResolver } from './explain/explain-access.resolver.js';
import { RegistrySubjects } from './explain/registry-subjects.service.js';
import { RegistryAudit } from './tokens/registry-audit.service.js';
import { RegistryAuthenticator } from './tokens/registry-authenticator.service.js';
import { RegistryTokens } from './tokens/registry-tokens.service.js';
import { FixedRuleRows } from './access-rules/fixed-rule-rows.service.js';
import { FIXED_RULES, fixedRulesOf } from './rule-contents/index.js';
import { RuleBook } from './access-rules/rule-book.service.js';
import { SigningKeysModule } from './keys/signing-keys.module.js';
import { RegistryServicesResolver } from './services/registry-services.resolver.js';
import { TokenIssuer } from './tokens/token-issuer.service.js';
import { TokenSigner } from './tokens/token-signer.service.js';
import { OwnFolderResolver } from './access-rules/own-folder.resolver.js';
import { PreviewRepositoryNameResolver } from './access-rules/preview-repository-name.resolver.js';
import { UserRepositoryNameResolver } from './access-rules/user-repository-name.resolver.js';

/**
 * Owns the access rules and the registry token service: authenticates a client, applies the rules, and signs a token. Calls
 * no registry; `cli-secrets` verifies secrets.
 */
@Module({
  imports: [
    TypeOrmModule.forFeature([AccessRule]),
    ...[CliSecretsModule, GrantsModule, GroupsModule, OidcModule, SigningKeysModule, ThrottlingModule, UsersModule],
  ],
  providers: [
    { provide: FIXED_RULES, useFactory: fixedRulesOf, inject: [ENVIRONMENT] },
    ...[RuleBook, AccessRules, FixedRuleRows, AccessRuleForm, AffectedNames],
    ...[AccessRuleAdministration, AccessExplanations, RegistrySubjects],
    ...[RegistryAuthenticator, RegistryTokens, RegistryAudit, TokenIssuer, TokenSigner],
    ...[AccessRulesResolver, ExplainAccessResolver, UserRepositoryNameResolver, PreviewRepositoryNameResolver],
    ...[RegistryServicesResolver, OwnFolderResolver],
  ],
  exports: [RuleBook],
})
export class RegistryModule {}
