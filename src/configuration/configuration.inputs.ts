import { Field, InputType, Int, ObjectType } from '@nestjs/graphql';
import { SecretText } from '../common/crypto/secret-text.js';
import { Secret } from '../graphql/secret.scalar.js';
import { AuthMode } from '../settings/auth-mode.js';
import { OidcPatch } from '../settings/settings.document.js';
import { Configuration } from './configuration.model.js';

/** A parameter to be added to the redirect to the provider. */
@InputType()
export class OidcRequestParameterInput {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  value!: string;
}

/** A change of the OIDC provider's settings. */
@InputType({
  description:
    'A changed endpoint needs clientSecret in the same input: a stored secret is never sent to a place it was not given for.',
})
export class OidcSettingsInput implements OidcPatch {
  @Field(() => String, { nullable: true })
  name?: string | null;

  @Field(() => String, { nullable: true })
  endpoint?: string | null;

  @Field(() => String, { nullable: true })
  clientId?: string | null;

  @Field(() => Secret, { nullable: true })
  clientSecret?: SecretText | null;

  @Field(() => String, { nullable: true })
  scope?: string | null;

  @Field(() => String, { nullable: true })
  groupsClaim?: string | null;

  @Field(() => String, { nullable: true })
  groupFilter?: string | null;

  @Field(() => String, { nullable: true })
  adminGroup?: string | null;

  @Field(() => String, { nullable: true })
  userClaim?: string | null;

  @Field(() => Boolean, { nullable: true })
  autoOnboard?: boolean | null;

  @Field(() => Boolean, { nullable: true })
  verifyCertificate?: boolean | null;

  @Field(() => String, { nullable: true })
  caCertificates?: string | null;

  @Field(() => [OidcRequestParameterInput], { nullable: true })
  extraRedirectParameters?: OidcRequestParameterInput[] | null;

  @Field(() => Boolean, { nullable: true })
  logout?: boolean | null;

  @Field(() => Int, { nullable: true })
  recheckMinutes?: number | null;

  @Field(() => Int, { nullable: true })
  outageGraceMinutes?: number | null;

  @Field(() => Int, { nullable: true })
  groupsKeptHours?: number | null;
}

/** A change of the configuration. */
@InputType({
  description:
    'A field left out stays as it is. Null clears a field that is nullable in Configuration, and is BAD_USER_INPUT for any other,\nand for authMode and clientSecret always.',
})
export class ConfigurationPatch {
  @Field(() => AuthMode, { nullable: true })
  authMode?: AuthMode | null;

  @Field(() => Boolean, { nullable: true })
  selfRegistration?: boolean | null;

  @Field(() => Int, { nullable: true })
  registrationsPerHour?: number | null;

  @Field(() => Boolean, { nullable: true })
  oidcPrimary?: boolean | null;

  @Field(() => OidcSettingsInput, { nullable: true })
  oidc?: OidcSettingsInput | null;

  @Field(() => Int, { nullable: true })
  sessionIdleMinutes?: number | null;

  @Field(() => Int, { nullable: true })
  sessionMaximumMinutes?: number | null;

  @Field(() => Int, { nullable: true })
  registryTokenMinutes?: number | null;

  @Field(() => Int, { nullable: true })
  auditRetentionDays?: number | null;

  @Field(() => Int, { nullable: true })
  wrongSecretsPerAddress?: number | null;

  @Field(() => Int, { nullable: true })
  wrongSecretsPerUser?: number | null;

  @Field(() => Int, { nullable: true })
  wrongSecretMinutes?: number | null;
}

/** A change, and the revision that it was made from. */
@InputType({ description: 'CONFLICT where revision is no longer the current one.' })
export class UpdateConfigurationInput {
  @Field(() => Int)
  revision!: number;

  @Field(() => ConfigurationPatch)
  patch!: ConfigurationPatch;
}

/** The configuration in force after the change. */
@ObjectType()
export class UpdateConfigurationPayload {
  @Field(() => Configuration)
  configuration!: Configuration;
}
