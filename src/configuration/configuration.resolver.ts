import { Inject } from '@nestjs/common';
import { Args, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { AuditedMutation } from '../audit/index.js';
import { Exchange, ForAdmins } from '../access/access.decorators.js';
import type { HttpExchange } from '../access/access.decorators.js';
import { ENVIRONMENT } from '../config/config.module.js';
import type { Environment } from '../config/env.js';
import {
  backchannelLogoutUriOf,
  clientJwksUriOf,
  frontchannelLogoutUriOf,
  postLogoutRedirectUriOf,
  redirectUriOf,
} from '../config/public-urls.js';
import { below } from '../graphql/index.js';
import { Settings, SettingsService } from '../settings/settings.service.js';
import { AuthModeService } from '../auth-mode/index.js';
import { ConfigurationChanges } from './configuration-changes.service.js';
import { ConfigurationWarnings } from './configuration-warnings.service.js';
import { configurationTarget, settingChanges } from './configuration.audit.js';
import { UpdateConfigurationInput, UpdateConfigurationPayload } from './configuration.inputs.js';
import { AuthModeLock, AuthModeLockReason, Configuration, ReadOnlySetting } from './configuration.model.js';

/** The settings that administrators change while Mooring runs. */
@Resolver(() => Configuration)
export class ConfigurationResolver {
  constructor(
    private readonly settings: SettingsService,
    private readonly changes: ConfigurationChanges,
    private readonly authMode: AuthModeService,
    private readonly warnings: ConfigurationWarnings,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  @ForAdmins()
  @Query(() => Configuration, { nullable: true })
  configuration(): Configuration {
    return this.shown(this.settings.current());
  }

  @ForAdmins()
  @AuditedMutation('configuration.update', configurationTarget, () => UpdateConfigurationPayload)
  async updateConfiguration(
    @Args('input') { revision, patch }: UpdateConfigurationInput,
    @Exchange() { request }: HttpExchange,
  ): Promise<UpdateConfigurationPayload> {
    const changed = await below('patch', () => this.changes.apply(request, revision, patch));
    const { before, written, current } = changed;
    const warnings = await this.warnings.of(before.oidc, current.oidc, request.principal ?? null);
    return { configuration: this.shown(current), warnings, changes: settingChanges(before, written) };
  }

  @ResolveField(() => AuthModeLock, { nullable: true, description: 'Null while the mode can be changed.' })
  async authModeLock(): Promise<AuthModeLock | null> {
    const userCount = await this.authMode.lockingUsers();
    const isFixed = this.settings.fixedNames().includes('authMode');
    if (isFixed) return { reason: AuthModeLockReason.READ_ONLY, userCount };
    return userCount > 0 ? { reason: AuthModeLockReason.USERS_EXIST, userCount } : null;
  }

  @ResolveField(() => [ReadOnlySetting], {
    description: 'Settings that the operator has set in FIXED_SETTINGS or SETTINGS_FILE, and why they are read-only.',
  })
  readOnlySettings(): ReadOnlySetting[] {
    const reason = this.settings.fixedReason();
    return this.settings.fixedNames().map((name) => ({ name, reason }));
  }

  private shown(settings: Settings): Configuration {
    return Configuration.of(settings, {
      redirectUri: redirectUriOf(this.environment),
      postLogoutRedirectUri: postLogoutRedirectUriOf(this.environment),
      backchannelLogoutUri: backchannelLogoutUriOf(this.environment),
      frontchannelLogoutUri: frontchannelLogoutUriOf(this.environment),
      clientJwksUri: clientJwksUriOf(this.environment),
    });
  }
}
