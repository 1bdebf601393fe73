import { Module } from '@nestjs/common';
import { AuthModeModule } from '../auth-mode/auth-mode.module.js';
import { OidcModule } from '../oidc/oidc.module.js';
import { ProviderQuestionsModule } from '../provider-questions/provider-questions.module.js';
import { UsersModule } from '../users/users.module.js';
import { ConfigurationChanges } from './configuration-changes.service.js';
import { ConfigurationWarnings } from './configuration-warnings.service.js';
import { ConfigurationResolver } from './configuration.resolver.js';
import { LoginPreviewResolver } from './login-preview.resolver.js';
import { ProviderFactsModule } from '../provider-facts/provider-facts.module.js';
import { ProviderHealthResolver } from './provider-health.resolver.js';
import { ProviderTest } from './provider-test.service.js';
import { ProviderTestResolver } from './provider-test.resolver.js';
import { RegistryAddressesResolver } from './registry-addresses.resolver.js';
import { TestLoginResolver } from './test-login.resolver.js';

/** The API of the settings page: the configuration, its changes, and the provider test. */
@Module({
  imports: [AuthModeModule, OidcModule, ProviderFactsModule, ProviderQuestionsModule, UsersModule],
  providers: [
    ...[ConfigurationChanges, ConfigurationResolver, ConfigurationWarnings, ProviderTest, ProviderTestResolver],
    ...[TestLoginResolver, LoginPreviewResolver, RegistryAddressesResolver, ProviderHealthResolver],
  ],
})
export class ConfigurationModule {}
