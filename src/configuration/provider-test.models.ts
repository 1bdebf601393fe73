import { Field, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { OidcSettingsInput } from './configuration.inputs.js';
import { ProviderCheckName, ProviderCheckStatus } from '../oidc/inspection/index.js';

registerEnumType(ProviderCheckName, {
  name: 'OidcProviderCheckName',
  valuesMap: {
    CLIENT_CREDENTIALS: {
      description:
        "Asked with a refresh token and a code that can't be valid. PASSED only if the provider refuses a wrong secret and not this one, FAILED only if it refuses the client by both methods of authentication. A wrong secret is sent once for each revision of the settings, and once an hour at most.",
    },
    REDIRECT_URI: {
      description:
        'Asked at the authorization endpoint as a browser would, with `prompt=none`, or by a pushed authorization request. SKIPPED if only a login can tell. At most two such questions a minute.',
    },
    USERINFO: {
      description: 'Asked without an access token. Never FAILED: a login does not need userinfo.',
    },
    REGISTRY_CLIENTS: {
      description:
        'Asks no provider: `PUBLIC_URL` is compared with `REGISTRY_PUBLIC_URL`, because some registry clients refuse a realm that stands elsewhere than the registry.',
    },
  },
});
registerEnumType(ProviderCheckStatus, { name: 'OidcProviderCheckStatus' });

/** A setting, with the value that would fix a finding. */
@ObjectType({ description: 'A setting of `OidcSettings`, with the value that would fix what was found.' })
export class OidcSettingFix {
  @Field(() => String)
  setting!: string;

  @Field(() => String)
  value!: string;
}

/** One line of the report. */
@ObjectType()
export class OidcProviderCheck {
  @Field(() => ProviderCheckName)
  name!: ProviderCheckName;

  @Field(() => ProviderCheckStatus)
  status!: ProviderCheckStatus;

  @Field(() => String, { description: 'The finding.' })
  detail!: string;

  @Field(() => String, {
    nullable: true,
    description: 'How to fix it; null if there is nothing to fix.',
  })
  remedy!: string | null;

  @Field(() => [OidcSettingFix], {
    description: 'The settings that would fix it, where their values are known. Check them before you save.',
  })
  fixes!: readonly OidcSettingFix[];
}

/** The report. */
@ObjectType({
  description: "The result of 'Test OIDC Server': one entry per check, so that a failure names what to fix.",
})
export class OidcProviderReport {
  @Field(() => Boolean, { description: 'False if any check FAILED.' })
  ok!: boolean;

  @Field(() => [OidcProviderCheck])
  checks!: readonly OidcProviderCheck[];
}

/** Settings that override the stored ones in the test. */
@InputType()
export class TestOidcProviderInput {
  @Field(() => OidcSettingsInput, { nullable: true })
  oidc?: OidcSettingsInput | null;
}

/** The result of a test. */
@ObjectType()
export class TestOidcProviderPayload {
  @Field(() => OidcProviderReport)
  report!: OidcProviderReport;
}
