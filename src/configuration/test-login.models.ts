import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { DateTime } from '../graphql/scalars/index.js';
import type { ClaimSource, FinishedTestLogin, LoginPreview, ShownClaim, TestLogin } from '../oidc/test-login/index.js';
import { LoginRefusal } from '../oidc/index.js';
import { OidcSettingsInput } from './configuration.inputs.js';

/** How far a test login is. */
export enum TestLoginState {
  /** The administrator has not come back from the provider yet. */
  WAITING = 'WAITING',
  SUCCEEDED = 'SUCCEEDED',
  /** A login with these settings fails. */
  FAILED = 'FAILED',
}

/** Where a claim came from. BOTH: ID token and userinfo tell the same. */
export enum LoginClaimSource {
  ID_TOKEN = 'ID_TOKEN',
  USERINFO = 'USERINFO',
  BOTH = 'BOTH',
}

/** What was done with the tokens of a test login. */
export enum TestLoginTokens {
  REVOKED = 'REVOKED',
  NOT_OFFERED = 'NOT_OFFERED',
  FAILED = 'FAILED',
  KEPT = 'KEPT',
}

registerEnumType(TestLoginState, { name: 'TestLoginState' });
registerEnumType(LoginRefusal, {
  name: 'LoginRefusal',
  description: 'Why a person whom the provider has logged in is refused here.',
  valuesMap: {
    USER_DISABLED: { description: 'An administrator has disabled their account.' },
    LOGIN_NOT_ALLOWED: { description: 'They are in no group that may log in (`loginGroups`).' },
  },
});
registerEnumType(LoginClaimSource, { name: 'LoginClaimSource' });
registerEnumType(TestLoginTokens, {
  name: 'TestLoginTokens',
  valuesMap: {
    NOT_OFFERED: { description: 'The provider has no revocation endpoint: the tokens end by themselves.' },
    FAILED: { description: 'The provider did not revoke them: they end by themselves.' },
    KEPT: {
      description:
        'The same person has an account here, through the same client, or the login failed before it was known whose they are: some providers would end another login too. They end by themselves.',
    },
  },
});

/** One claim of the provider. */
@ObjectType()
export class LoginClaim implements ShownClaim {
  @Field(() => String)
  name!: string;

  @Field(() => String, { description: 'As JSON; cut after 2,000 characters.' })
  value!: string;

  @Field(() => LoginClaimSource)
  source!: ClaimSource;
}

/** What Mooring would see of the person. */
@ObjectType('LoginPreview', {
  description: 'What Mooring would see of the person who has logged in for a test. Nothing of it is stored.',
})
export class LoginPreviewModel {
  @Field(() => String)
  issuer!: string;

  @Field(() => String)
  subject!: string;

  @Field(() => String, {
    nullable: true,
    description: 'As the provider sends it; null if it sends none that can be used.',
  })
  username!: string | null;

  @Field(() => String, { nullable: true })
  email!: string | null;

  @Field(() => String, { nullable: true })
  realName!: string | null;

  @Field(() => [String], { nullable: true, description: 'Null if the provider sent none that can be read.' })
  groups!: readonly string[] | null;

  @Field(() => LoginClaimSource, { nullable: true })
  groupsSource!: ClaimSource | null;

  @Field(() => [String], { description: 'Those of the groups that the group filter lets through.' })
  countingGroups!: readonly string[];

  @Field(() => Boolean)
  isAdmin!: boolean;

  @Field(() => Boolean, { description: 'Whether the groups let the person log in (`loginGroups`).' })
  mayLogIn!: boolean;

  /** Not a field of the API: the tested setting, for the fields that depend on it. */
  isPlaceRequired!: boolean;

  @Field(() => Boolean)
  hasRefreshToken!: boolean;

  @Field(() => DateTime, { description: 'When the login would be refreshed or, without a refresh token, would end.' })
  tokenExpiresAt!: Date;

  @Field(() => [LoginClaim], { description: 'By name; at most 100.' })
  claims!: readonly LoginClaim[];

  @Field(() => Int, { description: 'How many further claims there are.' })
  claimsLeftOut!: number;

  @Field(() => [String], { description: 'What of the answers could not be used, such as userinfo.' })
  notes!: readonly string[];
}

/** Why a test login failed. */
@ObjectType({ description: 'Why a login with the tested settings fails.' })
export class TestLoginProblem {
  @Field(() => String, { description: 'A code of docs/errors.md.' })
  code!: string;

  @Field(() => String)
  message!: string;

  @Field(() => String, { nullable: true, description: "The provider's own words." })
  providerError!: string | null;

  @Field(() => String, { nullable: true })
  providerErrorDescription!: string | null;
}

/** A test login, and what came of it. */
@ObjectType('TestLogin')
export class TestLoginModel {
  @Field(() => TestLoginState)
  state!: TestLoginState;

  @Field(() => DateTime, { description: 'Until when it can be completed or, once it is over, read.' })
  expiresAt!: Date;

  @Field(() => LoginPreviewModel, { nullable: true })
  preview!: LoginPreviewModel | null;

  @Field(() => TestLoginTokens, { nullable: true })
  tokens!: FinishedTestLogin['tokens'];

  @Field(() => TestLoginProblem, { nullable: true })
  problem!: TestLoginProblem | null;

  /** The test login as administrators see it; of one that waits, nothing of its settings. */
  static of(login: TestLogin): TestLoginModel {
    const expiresAt = new Date(login.expiresAt);
    if (login.kind === 'WAITING') {
      return { state: TestLoginState.WAITING, expiresAt, preview: null, tokens: null, problem: null };
    }
    const { preview, tokens, problem } = login;
    const state = problem === null ? TestLoginState.SUCCEEDED : TestLoginState.FAILED;
    return { state, expiresAt, preview: preview === null ? null : shownPreview(preview), tokens, problem };
  }
}

/** Settings that override the stored ones in the test login. */
@InputType()
export class StartTestLoginInput {
  @Field(() => OidcSettingsInput, { nullable: true })
  oidc?: OidcSettingsInput | null;
}

/** A test login that has begun. */
@ObjectType()
export class StartTestLoginPayload {
  @Field(() => ID, { description: 'For the query `testLogin`.' })
  id!: string;

  @Field(() => String, { description: 'The URL at the provider, for a window of the same browser.' })
  url!: string;

  @Field(() => DateTime)
  expiresAt!: Date;
}

function shownPreview({ tokenExpiresAt, ...preview }: LoginPreview): LoginPreviewModel {
  return { ...preview, tokenExpiresAt: new Date(tokenExpiresAt) };
}
