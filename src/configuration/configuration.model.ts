import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { AuthMode } from '../settings/auth-mode.js';
import { GENERAL_SETTINGS } from '../settings/general-settings.schema.js';
import { OIDC_SETTINGS } from '../settings/oidc-settings.schema.js';
import { Settings } from '../settings/settings.service.js';
import { settingsModel, shownSettings } from './setting-fields.js';

/** Why the auth mode can't be changed. */
export enum AuthModeLockReason {
  USERS_EXIST = 'USERS_EXIST',
  READ_ONLY = 'READ_ONLY',
}

registerEnumType(AuthModeLockReason, { name: 'AuthModeLockReason' });

/** The reason why the auth mode can't be changed. */
@ObjectType()
export class AuthModeLock {
  @Field(() => AuthModeLockReason)
  reason!: AuthModeLockReason;

  @Field(() => Int, { description: 'Users other than the built-in administrator.' })
  userCount!: number;
}

/** A setting that the operator has fixed. */
@ObjectType()
export class ReadOnlySetting {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  reason!: string;
}

/** The OIDC provider's settings as an administrator sees them. */
@ObjectType('OidcSettings')
export class OidcSettingsModel extends settingsModel(OIDC_SETTINGS) {
  @Field(() => String, { description: 'Register it with the provider. Read-only.' })
  redirectUri!: string;

  @Field(() => String, { description: 'Register it with the provider. Read-only.' })
  postLogoutRedirectUri!: string;

  @Field(() => String, { description: 'Register it with the provider. Read-only.' })
  backchannelLogoutUri!: string;

  @Field(() => String, {
    description:
      'For a provider that reports no logouts through the back channel: register it with the provider, which must send iss and sid. Read-only.',
  })
  frontchannelLogoutUri!: string;

  @Field(() => String, { description: 'Register it with the provider for private_key_jwt. Read-only.' })
  clientJwksUri!: string;
}

/** The URIs to be registered with the provider. */
export type RegisteredAddresses = Pick<
  OidcSettingsModel,
  'redirectUri' | 'postLogoutRedirectUri' | 'backchannelLogoutUri' | 'frontchannelLogoutUri' | 'clientJwksUri'
>;

/** The configuration as an administrator sees it. */
@ObjectType()
export class Configuration extends settingsModel(GENERAL_SETTINGS) {
  @Field(() => Int, { description: 'Increases with every change; send it with the next update.' })
  revision!: number;

  @Field(() => AuthMode)
  authMode!: AuthMode;

  @Field(() => OidcSettingsModel)
  oidc!: OidcSettingsModel;

  static of({ revision, authMode, general, oidc }: Settings, addresses: RegisteredAddresses): Configuration {
    const provider = Object.assign(new OidcSettingsModel(), shownSettings(OIDC_SETTINGS, oidc), addresses);
    const values = { revision, authMode, ...shownSettings(GENERAL_SETTINGS, general), oidc: provider };
    return Object.assign(new Configuration(), values);
  }
}
