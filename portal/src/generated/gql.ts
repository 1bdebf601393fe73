/* eslint-disable */
import * as types from './graphql';
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';

/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "mutation Register($input: RegisterInput!) {\n  register(input: $input) {\n    user {\n      id\n      username\n    }\n  }\n}": typeof types.RegisterDocument,
    "query PendingOnboarding {\n  pendingOnboarding {\n    providerName\n    suggestedUsername\n    email\n  }\n}\n\nquery UsernameAvailability($username: String!) {\n  usernameAvailability(username: $username) {\n    available\n    problem\n    suggestion\n  }\n}\n\nmutation Onboard($input: OnboardInput!) {\n  onboard(input: $input) {\n    redirectUrl\n    user {\n      id\n    }\n  }\n}": typeof types.PendingOnboardingDocument,
    "query Profile {\n  me {\n    id\n    username\n    email\n    realName\n    comment\n    kind\n    isAdmin\n    isBuiltIn\n    groups {\n      id\n      name\n    }\n    oidcIdentity {\n      issuer\n      subject\n      tokenState\n      tokenExpiresAt\n      reauthenticationReason\n    }\n  }\n}\n\nfragment Secret on CliSecret {\n  secret\n  origin\n  createdAt\n  lastUsedAt\n  status\n}\n\nquery OwnCliSecret {\n  cliSecret {\n    ...Secret\n  }\n}\n\nmutation GenerateCliSecret {\n  generateCliSecret {\n    cliSecret {\n      ...Secret\n    }\n  }\n}\n\nmutation SetCliSecret($input: SetCliSecretInput!) {\n  setCliSecret(input: $input) {\n    cliSecret {\n      ...Secret\n    }\n  }\n}\n\nmutation RevokeCliSecret {\n  revokeCliSecret {\n    user {\n      id\n    }\n  }\n}\n\nmutation UpdateProfile($input: UpdateProfileInput!) {\n  updateProfile(input: $input) {\n    user {\n      id\n      email\n      realName\n      comment\n    }\n  }\n}\n\nmutation ChangePassword($input: ChangePasswordInput!) {\n  changePassword(input: $input) {\n    user {\n      id\n    }\n  }\n}\n\nquery OwnSessions {\n  sessions {\n    id\n    isCurrent\n    createdAt\n    lastSeenAt\n    remoteAddress\n    userAgent\n  }\n}\n\nmutation EndSession($input: EndSessionInput!) {\n  endSession(input: $input) {\n    sessionId\n  }\n}": typeof types.ProfileDocument,
    "fragment Myself on User {\n  id\n  username\n  kind\n  isAdmin\n  isBuiltIn\n}\n\nquery Start($returnTo: String) {\n  me {\n    ...Myself\n  }\n  loginOptions {\n    authMode\n    oidcPrimary\n    selfRegistration\n    oidcProvider {\n      name\n      loginUrl(returnTo: $returnTo)\n      loginAgainUrl: loginUrl(returnTo: \"/logged-in\")\n    }\n  }\n}\n\nmutation Login($input: LoginInput!) {\n  login(input: $input) {\n    user {\n      ...Myself\n    }\n  }\n}\n\nmutation Logout {\n  logout {\n    redirectUrl\n  }\n}": typeof types.MyselfFragmentDoc,
};
const documents: Documents = {
    "mutation Register($input: RegisterInput!) {\n  register(input: $input) {\n    user {\n      id\n      username\n    }\n  }\n}": types.RegisterDocument,
    "query PendingOnboarding {\n  pendingOnboarding {\n    providerName\n    suggestedUsername\n    email\n  }\n}\n\nquery UsernameAvailability($username: String!) {\n  usernameAvailability(username: $username) {\n    available\n    problem\n    suggestion\n  }\n}\n\nmutation Onboard($input: OnboardInput!) {\n  onboard(input: $input) {\n    redirectUrl\n    user {\n      id\n    }\n  }\n}": types.PendingOnboardingDocument,
    "query Profile {\n  me {\n    id\n    username\n    email\n    realName\n    comment\n    kind\n    isAdmin\n    isBuiltIn\n    groups {\n      id\n      name\n    }\n    oidcIdentity {\n      issuer\n      subject\n      tokenState\n      tokenExpiresAt\n      reauthenticationReason\n    }\n  }\n}\n\nfragment Secret on CliSecret {\n  secret\n  origin\n  createdAt\n  lastUsedAt\n  status\n}\n\nquery OwnCliSecret {\n  cliSecret {\n    ...Secret\n  }\n}\n\nmutation GenerateCliSecret {\n  generateCliSecret {\n    cliSecret {\n      ...Secret\n    }\n  }\n}\n\nmutation SetCliSecret($input: SetCliSecretInput!) {\n  setCliSecret(input: $input) {\n    cliSecret {\n      ...Secret\n    }\n  }\n}\n\nmutation RevokeCliSecret {\n  revokeCliSecret {\n    user {\n      id\n    }\n  }\n}\n\nmutation UpdateProfile($input: UpdateProfileInput!) {\n  updateProfile(input: $input) {\n    user {\n      id\n      email\n      realName\n      comment\n    }\n  }\n}\n\nmutation ChangePassword($input: ChangePasswordInput!) {\n  changePassword(input: $input) {\n    user {\n      id\n    }\n  }\n}\n\nquery OwnSessions {\n  sessions {\n    id\n    isCurrent\n    createdAt\n    lastSeenAt\n    remoteAddress\n    userAgent\n  }\n}\n\nmutation EndSession($input: EndSessionInput!) {\n  endSession(input: $input) {\n    sessionId\n  }\n}": types.ProfileDocument,
    "fragment Myself on User {\n  id\n  username\n  kind\n  isAdmin\n  isBuiltIn\n}\n\nquery Start($returnTo: String) {\n  me {\n    ...Myself\n  }\n  loginOptions {\n    authMode\n    oidcPrimary\n    selfRegistration\n    oidcProvider {\n      name\n      loginUrl(returnTo: $returnTo)\n      loginAgainUrl: loginUrl(returnTo: \"/logged-in\")\n    }\n  }\n}\n\nmutation Login($input: LoginInput!) {\n  login(input: $input) {\n    user {\n      ...Myself\n    }\n  }\n}\n\nmutation Logout {\n  logout {\n    redirectUrl\n  }\n}": types.MyselfFragmentDoc,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 *
 *
 * @example
 * ```ts
 * const query = graphql(`query GetUser($id: ID!) { user(id: $id) { name } }`);
 * ```
 *
 * The query argument is unknown!
 * Please regenerate the types.
 */
export function graphql(source: string): unknown;

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "mutation Register($input: RegisterInput!) {\n  register(input: $input) {\n    user {\n      id\n      username\n    }\n  }\n}"): (typeof documents)["mutation Register($input: RegisterInput!) {\n  register(input: $input) {\n    user {\n      id\n      username\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query PendingOnboarding {\n  pendingOnboarding {\n    providerName\n    suggestedUsername\n    email\n  }\n}\n\nquery UsernameAvailability($username: String!) {\n  usernameAvailability(username: $username) {\n    available\n    problem\n    suggestion\n  }\n}\n\nmutation Onboard($input: OnboardInput!) {\n  onboard(input: $input) {\n    redirectUrl\n    user {\n      id\n    }\n  }\n}"): (typeof documents)["query PendingOnboarding {\n  pendingOnboarding {\n    providerName\n    suggestedUsername\n    email\n  }\n}\n\nquery UsernameAvailability($username: String!) {\n  usernameAvailability(username: $username) {\n    available\n    problem\n    suggestion\n  }\n}\n\nmutation Onboard($input: OnboardInput!) {\n  onboard(input: $input) {\n    redirectUrl\n    user {\n      id\n    }\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Profile {\n  me {\n    id\n    username\n    email\n    realName\n    comment\n    kind\n    isAdmin\n    isBuiltIn\n    groups {\n      id\n      name\n    }\n    oidcIdentity {\n      issuer\n      subject\n      tokenState\n      tokenExpiresAt\n      reauthenticationReason\n    }\n  }\n}\n\nfragment Secret on CliSecret {\n  secret\n  origin\n  createdAt\n  lastUsedAt\n  status\n}\n\nquery OwnCliSecret {\n  cliSecret {\n    ...Secret\n  }\n}\n\nmutation GenerateCliSecret {\n  generateCliSecret {\n    cliSecret {\n      ...Secret\n    }\n  }\n}\n\nmutation SetCliSecret($input: SetCliSecretInput!) {\n  setCliSecret(input: $input) {\n    cliSecret {\n      ...Secret\n    }\n  }\n}\n\nmutation RevokeCliSecret {\n  revokeCliSecret {\n    user {\n      id\n    }\n  }\n}\n\nmutation UpdateProfile($input: UpdateProfileInput!) {\n  updateProfile(input: $input) {\n    user {\n      id\n      email\n      realName\n      comment\n    }\n  }\n}\n\nmutation ChangePassword($input: ChangePasswordInput!) {\n  changePassword(input: $input) {\n    user {\n      id\n    }\n  }\n}\n\nquery OwnSessions {\n  sessions {\n    id\n    isCurrent\n    createdAt\n    lastSeenAt\n    remoteAddress\n    userAgent\n  }\n}\n\nmutation EndSession($input: EndSessionInput!) {\n  endSession(input: $input) {\n    sessionId\n  }\n}"): (typeof documents)["query Profile {\n  me {\n    id\n    username\n    email\n    realName\n    comment\n    kind\n    isAdmin\n    isBuiltIn\n    groups {\n      id\n      name\n    }\n    oidcIdentity {\n      issuer\n      subject\n      tokenState\n      tokenExpiresAt\n      reauthenticationReason\n    }\n  }\n}\n\nfragment Secret on CliSecret {\n  secret\n  origin\n  createdAt\n  lastUsedAt\n  status\n}\n\nquery OwnCliSecret {\n  cliSecret {\n    ...Secret\n  }\n}\n\nmutation GenerateCliSecret {\n  generateCliSecret {\n    cliSecret {\n      ...Secret\n    }\n  }\n}\n\nmutation SetCliSecret($input: SetCliSecretInput!) {\n  setCliSecret(input: $input) {\n    cliSecret {\n      ...Secret\n    }\n  }\n}\n\nmutation RevokeCliSecret {\n  revokeCliSecret {\n    user {\n      id\n    }\n  }\n}\n\nmutation UpdateProfile($input: UpdateProfileInput!) {\n  updateProfile(input: $input) {\n    user {\n      id\n      email\n      realName\n      comment\n    }\n  }\n}\n\nmutation ChangePassword($input: ChangePasswordInput!) {\n  changePassword(input: $input) {\n    user {\n      id\n    }\n  }\n}\n\nquery OwnSessions {\n  sessions {\n    id\n    isCurrent\n    createdAt\n    lastSeenAt\n    remoteAddress\n    userAgent\n  }\n}\n\nmutation EndSession($input: EndSessionInput!) {\n  endSession(input: $input) {\n    sessionId\n  }\n}"];
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment Myself on User {\n  id\n  username\n  kind\n  isAdmin\n  isBuiltIn\n}\n\nquery Start($returnTo: String) {\n  me {\n    ...Myself\n  }\n  loginOptions {\n    authMode\n    oidcPrimary\n    selfRegistration\n    oidcProvider {\n      name\n      loginUrl(returnTo: $returnTo)\n      loginAgainUrl: loginUrl(returnTo: \"/logged-in\")\n    }\n  }\n}\n\nmutation Login($input: LoginInput!) {\n  login(input: $input) {\n    user {\n      ...Myself\n    }\n  }\n}\n\nmutation Logout {\n  logout {\n    redirectUrl\n  }\n}"): (typeof documents)["fragment Myself on User {\n  id\n  username\n  kind\n  isAdmin\n  isBuiltIn\n}\n\nquery Start($returnTo: String) {\n  me {\n    ...Myself\n  }\n  loginOptions {\n    authMode\n    oidcPrimary\n    selfRegistration\n    oidcProvider {\n      name\n      loginUrl(returnTo: $returnTo)\n      loginAgainUrl: loginUrl(returnTo: \"/logged-in\")\n    }\n  }\n}\n\nmutation Login($input: LoginInput!) {\n  login(input: $input) {\n    user {\n      ...Myself\n    }\n  }\n}\n\nmutation Logout {\n  logout {\n    redirectUrl\n  }\n}"];

export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}

export type DocumentType<TDocumentNode extends DocumentNode<any, any>> = TDocumentNode extends DocumentNode<  infer TType,  any>  ? TType  : never;