import { Field, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { OidcSettingsInput } from './configuration.inputs.js';
import { ProviderCheckName, ProviderCheckStatus } from '../oidc/inspection/index.js';

registerEnumType(ProviderCheckName, {
  name: 'OidcProviderCheckName',
  valuesMap: {
    CLIENT_CREDENTIALS: {
      description:
        "Probed with a code that can't be valid: invalid_client tells a wrong secret from invalid_grant. SKIPPED if the provider's answer allows no conclusion.",
    },
    USERINFO: {
      description: 'Asked without an access token. Never FAILED: a login does not need userinfo.',
    },
  },
});
registerEnumType(ProviderCheckStatus, { name: 'OidcProviderCheckStatus' });

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
