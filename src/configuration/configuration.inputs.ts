import { Field, InputType, Int, ObjectType } from '@nestjs/graphql';
import type { AuditChange } from '../audit/changes/index.js';
import { AuthMode } from '../settings/auth-mode.js';
import { GENERAL_SETTINGS } from '../settings/general-settings.schema.js';
import { OIDC_SETTINGS } from '../settings/oidc-settings.schema.js';
import { Configuration } from './configuration.model.js';
import { settingsInput } from './setting-fields.js';

/** A change of the OIDC provider's settings. */
@InputType({
  description:
    'A changed endpoint or discoveryUrl needs clientSecret in the same input: a stored secret is never sent to another endpoint. If\nclientAuthentication needs no secret, the stored one is removed instead.',
})
export class OidcSettingsInput extends settingsInput(OIDC_SETTINGS) {}

/** A change of the configuration. */
@InputType({
  description:
    'A field left out stays as it is. Null clears a field that is nullable in Configuration, and is BAD_USER_INPUT for any other,\nand for authMode and clientSecret always.',
})
export class ConfigurationPatch extends settingsInput(GENERAL_SETTINGS) {
  @Field(() => AuthMode, { nullable: true })
  authMode?: AuthMode | null;

  @Field(() => OidcSettingsInput, { nullable: true })
  oidc?: OidcSettingsInput | null;
}

/** A change, and the revision that it was made from. */
@InputType({ description: 'CONFLICT if revision is no longer the current one.' })
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

  @Field(() => [String], {
    description:
      'What follows from the change at once: who is locked out or has to log in again, the caller included. For people; empty if there is nothing to say.',
  })
  warnings!: readonly string[];

  /** For the audit log; not a field of the API. */
  changes!: readonly AuditChange[];
}
