import { DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditDeliveryModule } from '../audit/delivery/audit-delivery.module.js';
import { AuditModule } from '../audit/audit.module.js';
import { AuthModeModule } from '../auth-mode/auth-mode.module.js';
import { CliSecretsModule } from '../cli-secrets/cli-secrets.module.js';
import { DomainErrorFilter } from '../http/domain-error.filter.js';
import { ConfigModule } from '../config/config.module.js';
import { Environment } from '../config/env.js';
import { dataSourceOptionsOf } from '../database/data-source-options.js';
import { openDataSource } from '../database/open-data-source.js';
import { explainFailedStart } from '../database/start-failure.js';
import { graphqlOptionsOf } from '../graphql/graphql-options.js';
import { HealthModule } from '../health/health.module.js';
import { GroupsModule } from '../groups/groups.module.js';
import { OidcModule } from '../oidc/oidc.module.js';
import { AccessGuard } from '../authentication/access.guard.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { demandSoundFixed, fixedDigestOf } from '../registry/rule-contents/index.js';
import { RegistryModule } from '../registry/registry.module.js';
import { SettingsAgreementModule } from '../settings/settings-agreement.module.js';
import { SettingsModule } from '../settings/settings.module.js';
import { ThrottlingModule } from '../throttling/throttling.module.js';
import { UsersModule } from '../users/users.module.js';
import { AccessCheck } from '../access/access-check.js';
import { AdminGroupPolicy } from '../access/admin-group-policy.js';
import { AuthenticationModule } from '../authentication/authentication.module.js';
import { ConfigurationModule } from '../configuration/configuration.module.js';
import { DirectoryModule } from '../directory/directory.module.js';
import { LoginModule } from '../login/login.module.js';
import { ProviderGroupAdmins } from '../oidc/refresh/provider-group-admins.service.js';
import { ACCESS_RULE_LABEL } from '../registry/access-rules/access-rule.audit.js';
import { PersonalRepositoryNames } from '../registry/access-rules/personal-repository-names.js';
import { RuleBook } from '../registry/access-rules/rule-book.service.js';
import { SERVICE_TOKEN_LABEL } from '../service-tokens/service-token.audit.js';
import { ServiceTokensModule } from '../service-tokens/service-tokens.module.js';
import { SingleUseModule } from '../single-use/single-use.module.js';
import { RepositoryNames } from '../users/names/repository-names.js';
import { ReservedNames } from '../users/names/reserved-names.js';
import { USER_LABEL } from '../users/user.audit.js';

/** The folders that have a module, in the order of the staircase. */
const FOLDERS = [
  SingleUseModule,
  HealthModule,
  SettingsModule,
  SettingsAgreementModule.with(fixedDigestOf),
  AuditModule.with([USER_LABEL, SERVICE_TOKEN_LABEL, ACCESS_RULE_LABEL]),
  AuditDeliveryModule,
  ThrottlingModule,
  UsersModule,
  GroupsModule,
  AuthModeModule,
  ServiceTokensModule,
  SessionsModule,
  AuthenticationModule,
  OidcModule,
  CliSecretsModule,
  ConfigurationModule,
  DirectoryModule,
  LoginModule,
  RegistryModule,
];

/** Ports: interfaces of lower folders and their implementations in higher ones. */
const PORTS = [
  { provide: AccessCheck, useExisting: AccessGuard },
  { provide: AdminGroupPolicy, useExisting: ProviderGroupAdmins },
  { provide: ReservedNames, useExisting: RuleBook },
  { provide: RepositoryNames, useClass: PersonalRepositoryNames },
];

/** The whole application, in the order of the staircase. Global, so that every folder can inject the ports. */
@Module({})
export class AppModule {
  static with(environment: Environment): DynamicModule {
    demandSoundFixed(environment);
    const database = TypeOrmModule.forRootAsync({
      useFactory: () => ({ ...dataSourceOptionsOf(environment), retryAttempts: 1, toRetry: () => false }),
      dataSourceFactory: () => openDataSource(environment).catch(explainFailedStart),
    });
    return {
      module: AppModule,
      global: true,
      imports: [
        ConfigModule.with(environment),
        database,
        GraphQLModule.forRoot(graphqlOptionsOf(environment)),
        ...FOLDERS,
      ],
      providers: [
        { provide: APP_FILTER, useClass: DomainErrorFilter },
        { provide: APP_GUARD, useExisting: AccessGuard },
        ...PORTS,
      ],
      exports: PORTS.map(({ provide }) => provide),
    };
  }
}
