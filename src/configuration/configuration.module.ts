import { Module } from '@nestjs/common';
import { AuthModeModule } from '../auth-mode/auth-mode.module.js';
import { OidcModule } from '../oidc/oidc.module.js';
import { ProviderQuestionsModule } from '../provider-questions/provider-questions.module.js';
import { ConfigurationChanges } from './configuration-changes.service.js';
import { ConfigurationWarnings } from './configuration-warnings.service.js';
import { ConfigurationResolver } from './configuration.resolver.js';
import { ProviderTest } from './provider-test.service.js';
import { ProviderTestResolver } from './provider-test.resolver.js';

/** The API of the settings page: the configuration, its changes, and the provider test. */
@Module({
  imports: [AuthModeModule, OidcModule, ProviderQuestionsModule],
  providers: [ConfigurationChanges, ConfigurationResolver, ConfigurationWarnings, ProviderTest, ProviderTestResolver],
})
export class ConfigurationModule {}
