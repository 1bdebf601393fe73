import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { AuthMode } from '../settings/auth-mode.js';
import { GENERAL_SETTINGS, GeneralSettings } from '../settings/general-settings.schema.js';
import { OIDC_SETTINGS, OidcSettings } from '../settings/oidc-settings.schema.js';
import { Settings } from '../settings/settings.service.js';

/** Why the auth mode can't be changed. */
export enum AuthModeLockReason {
  USERS_EXIST = 'USERS_EXIST',
  READ_ONLY = 'READ_ONLY',
}

registerEnumType(AuthModeLockReason, { name: 'AuthModeLockReason' });

/** What keeps the auth mode from being changed. */
@ObjectType()
export class AuthModeLock {
  @Field(() => AuthModeLockReason)
  reason!: AuthModeLockReason;

  @Field(() => Int, { description: 'Users other than the built-in administrator.' })
  userCount!: number;
}

/** A setting that the operator fixed before the start. */
@ObjectType()
export class ReadOnlySetting {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  reason!: string;
}

/** A parameter added to the redirect to the provider. */
@ObjectType()
export class OidcRequestParameter {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  value!: string;
}

const about = (name: keyof OidcSettings) => ({ description: OIDC_SETTINGS[name].description });
const generally = (name: keyof GeneralSettings) => ({ description: GENERAL_SETTINGS[name].description });

/** The OIDC provider's settings as an administrator sees them. */
@ObjectType('OidcSettings')
export class OidcSettingsModel {
  @Field(() => String, { ...about('name'), nullable: true })
  name!: string | null;

  @Field(() => String, { ...about('endpoint'), nullable: true })
  endpoint!: string | null;

  @Field(() => String, { ...about('clientId'), nullable: true })
  clientId!: string | null;

  @Field(() => Boolean, { description: 'The secret itself is never returned.' })
  clientSecretSet!: boolean;

  @Field(() => String, about('scope'))
  scope!: string;

  @Field(() => String, { ...about('groupsClaim'), nullable: true })
  groupsClaim!: string | null;

  @Field(() => String, { ...about('groupFilter'), nullable: true })
  groupFilter!: string | null;

  @Field(() => String, { ...about('adminGroup'), nullable: true })
  adminGroup!: string | null;

  @Field(() => String, { ...about('userClaim'), nullable: true })
  userClaim!: string | null;

  @Field(() => Boolean, about('autoOnboard'))
  autoOnboard!: boolean;

  @Field(() => Boolean, about('verifyCertificate'))
  verifyCertificate!: boolean;

  @Field(() => String, { ...about('caCertificates'), nullable: true })
  caCertificates!: string | null;

  @Field(() => [OidcRequestParameter], about('extraRedirectParameters'))
  extraRedirectParameters!: readonly OidcRequestParameter[];

  @Field(() => Boolean, about('logout'))
  logout!: boolean;

  @Field(() => Int, about('recheckMinutes'))
  recheckMinutes!: number;

  @Field(() => Int, about('outageGraceMinutes'))
  outageGraceMinutes!: number;

  @Field(() => Int, about('groupsKeptHours'))
  groupsKeptHours!: number;

  @Field(() => String, { description: 'To be registered with the provider; read-only.' })
  redirectUri!: string;

  @Field(() => String, { description: 'To be registered with the provider; read-only.' })
  postLogoutRedirectUri!: string;

  @Field(() => String, { description: 'To be registered with the provider; read-only.' })
  backchannelLogoutUri!: string;
}

/** What is to be registered with the provider. */
export type RegisteredAddresses = Pick<
  OidcSettingsModel,
  'redirectUri' | 'postLogoutRedirectUri' | 'backchannelLogoutUri'
>;

/** The configuration as an administrator sees it. */
@ObjectType()
export class Configuration {
  @Field(() => Int, { description: 'Grows with every change; goes into the next update.' })
  revision!: number;

  @Field(() => AuthMode)
  authMode!: AuthMode;

  @Field(() => Boolean, generally('selfRegistration'))
  selfRegistration!: boolean;

  @Field(() => Int, generally('registrationsPerHour'))
  registrationsPerHour!: number;

  @Field(() => Boolean, generally('oidcPrimary'))
  oidcPrimary!: boolean;

  @Field(() => OidcSettingsModel)
  oidc!: OidcSettingsModel;

  @Field(() => Int, generally('sessionIdleMinutes'))
  sessionIdleMinutes!: number;

  @Field(() => Int, generally('sessionMaximumMinutes'))
  sessionMaximumMinutes!: number;

  @Field(() => Int, generally('registryTokenMinutes'))
  registryTokenMinutes!: number;

  @Field(() => Int, generally('auditRetentionDays'))
  auditRetentionDays!: number;

  @Field(() => Int, generally('wrongSecretsPerAddress'))
  wrongSecretsPerAddress!: number;

  @Field(() => Int, generally('wrongSecretsPerUser'))
  wrongSecretsPerUser!: number;

  @Field(() => Int, generally('wrongSecretMinutes'))
  wrongSecretMinutes!: number;

  static of({ revision, authMode, general, oidc }: Settings, addresses: RegisteredAddresses): Configuration {
    const { clientSecret, ...shown } = oidc;
    const settings = Object.assign(new OidcSettingsModel(), shown, {
      clientSecretSet: clientSecret !== null,
      ...addresses,
    });
    return Object.assign(new Configuration(), { revision, authMode, ...general, oidc: settings });
  }
}
