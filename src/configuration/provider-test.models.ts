import { Field, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { OidcSettingsInput } from './configuration.inputs.js';
import { ProviderCheckName, ProviderCheckStatus } from '../oidc/inspection/index.js';

registerEnumType(ProviderCheckName, {
  name: 'OidcProviderCheckName',
  valuesMap: {
    CLIENT_CREDENTIALS: {
      description:
        "Probed with a code that can't be valid: invalid_client tells a wrong secret from invalid_grant. SKIPPED where the provider can't be read this way.",
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

  @Field(() => String, { description: 'What was found.' })
  detail!: string;

  @Field(() => String, {
    nullable: true,
    description: 'What to do about it; null where there is nothing to do.',
  })
  remedy!: string | null;
}

/** The report. */
@ObjectType({
  description: "The answer to 'Test OIDC Server': one line a check, so that a failure says what to mend.",
})
export class OidcProviderReport {
  @Field(() => Boolean, { description: 'False where any check FAILED.' })
  ok!: boolean;

  @Field(() => [OidcProviderCheck])
  checks!: readonly OidcProviderCheck[];
}

/** Settings to be laid over the stored ones. */
@InputType()
export class TestOidcProviderInput {
  @Field(() => OidcSettingsInput, { nullable: true })
  oidc?: OidcSettingsInput | null;
}

/** The answer to a test. */
@ObjectType()
export class TestOidcProviderPayload {
  @Field(() => OidcProviderReport)
  report!: OidcProviderReport;
}
