/** The GraphQL documents of the stories, each as a client would send it. */
export const LOGIN = `mutation Login($input: LoginInput!) { login(input: $input) { user { id username isBuiltIn isAdmin adminSources kind } } }`;
export const LOGOUT = `mutation Logout { logout { redirectUrl } }`;
export const ME = `query Me {
  me {
    id username email realName kind isAdmin groups { name } lastLoginAt
    oidcIdentity { issuer subject tokenState tokenExpiresAt reauthenticationReason }
    cliSecret { secret status }
  }
}`;
export const LOGIN_OPTIONS = `query LoginOptions($returnTo: String) { loginOptions { authMode oidcPrimary selfRegistration oidcProvider { name loginUrl(returnTo: $returnTo) } } }`;
export const CONFIGURATION = `query Configuration {
  configuration {
    revision authMode authModeLock { reason userCount } selfRegistration oidcPrimary sessionIdleMinutes sessionMaximumMinutes auditRetentionDays
    oidc {
      name endpoint clientId clientSecretSet scope groupsClaim userClaim verifyCertificate caCertificates
      extraRedirectParameters { name value } redirectUri groupFilter adminGroup autoOnboard logout postLogoutRedirectUri backchannelLogoutUri
    }
  }
}`;
export const UPDATE_CONFIGURATION = `mutation Update($input: UpdateConfigurationInput!) {
  updateConfiguration(input: $input) { configuration { revision authMode oidc { name endpoint clientId clientSecretSet scope } } }
}`;
export const PENDING = `query Pending { pendingOnboarding { providerName suggestedUsername email expiresAt } }`;
export const AVAILABILITY = `query Availability($username: String!) { usernameAvailability(username: $username) { available problem suggestion } }`;
export const ONBOARD = `mutation Onboard($input: OnboardInput!) { onboard(input: $input) { user { id username } redirectUrl } }`;
export const CLI_SECRET = `query CliSecret { cliSecret { secret origin status createdAt lastUsedAt } }`;
export const GENERATE = `mutation Generate { generateCliSecret { cliSecret { secret origin status } } }`;
export const SET_SECRET = `mutation SetSecret($input: SetCliSecretInput!) { setCliSecret(input: $input) { cliSecret { secret origin status } } }`;
export const REVOKE = `mutation Revoke { revokeCliSecret { user { username cliSecret { status } } } }`;
export const CREATE_TOKEN = `mutation CreateToken($input: CreateServiceTokenInput!) {
  createServiceToken(input: $input) { token serviceToken { id name role expiresAt lastUsedAt createdBy { username } inactiveReason } }
}`;
/** The token alone, as every release answers. */
export const CREATE_TOKEN_ONLY = `mutation CreateToken($input: CreateServiceTokenInput!) { createServiceToken(input: $input) { token } }`;
export const TOKENS = `query Tokens($first: Int, $after: String) {
  serviceTokens(first: $first, after: $after) { edges { cursor node { id name role lastUsedAt createdByName createdBy { username } inactiveReason } } pageInfo { hasNextPage endCursor } totalCount }
}`;
export const DELETE_TOKEN = `mutation DeleteToken($input: DeleteServiceTokenInput!) { deleteServiceToken(input: $input) { serviceTokenId } }`;
export const VERIFY = `query Verify($username: String!, $secret: Secret!) {
  verifyCliSecret(username: $username, secret: $secret) { valid status message principal { userId username isAdmin groups } validUntil }
}`;
export const AUDIT = `query Audit($filter: AuditFilter, $first: Int, $after: String) {
  auditEvents(filter: $filter, first: $first, after: $after) {
    edges { node { id at actor { kind id label } action target { type id label } outcome count reason remoteAddress requestId changes { field before after } } } pageInfo { hasNextPage endCursor }
  }
}`;
export const AUDIT_HOURS = `query AuditHours($filter: AuditFilter!) { auditEventsPerHour(filter: $filter) { hour count } }`;
const ACCOUNT = 'id username email realName comment kind isAdmin adminSources isDisabled';
export const REGISTER = `mutation Register($input: RegisterInput!) { register(input: $input) { user { ${ACCOUNT} } } }`;
export const CREATE_USER = `mutation CreateUser($input: CreateUserInput!) { createUser(input: $input) { user { ${ACCOUNT} } } }`;
export const DELETE_USER = `mutation DeleteUser($input: DeleteUserInput!) { deleteUser(input: $input) { userId } }`;
export const CHANGE_PASSWORD = `mutation ChangePassword($input: ChangePasswordInput!) { changePassword(input: $input) { user { username } } }`;
export const RESET_PASSWORD = `mutation ResetPassword($input: ResetPasswordInput!) { resetPassword(input: $input) { user { username } } }`;
export const UPDATE_PROFILE = `mutation UpdateProfile($input: UpdateProfileInput!) { updateProfile(input: $input) { user { ${ACCOUNT} } } }`;
export const SET_ADMIN = `mutation SetAdmin($input: SetUserAdminInput!) { setUserAdmin(input: $input) { user { ${ACCOUNT} } } }`;
export const SET_DISABLED = `mutation SetDisabled($input: SetUserDisabledInput!) { setUserDisabled(input: $input) { user { ${ACCOUNT} } ended { sessions serviceTokens { name inactiveReason } } } }`;
export const SESSIONS = `query Sessions { sessions { id isCurrent createdAt lastSeenAt expiresAt remoteAddress userAgent } }`;
export const END_SESSION = `mutation EndSession($input: EndSessionInput!) { endSession(input: $input) { sessionId } }`;
export const USERS = `query Users($filter: UserFilter, $first: Int, $after: String) {
  users(filter: $filter, first: $first, after: $after) { edges { cursor node { id username isAdmin } } pageInfo { hasNextPage endCursor } totalCount }
}`;
export const USER = `query User($id: ID!) { user(id: $id) { id username groups { name } oidcIdentity { subject tokenState } cliSecret { secret status } } }`;
export const GROUPS = `query Groups($search: String, $first: Int, $after: String) {
  groups(search: $search, first: $first, after: $after) { edges { node { id name memberCount } } pageInfo { hasNextPage endCursor } }
}`;
export const GROUP = `query Group($id: ID!) { group(id: $id) { name memberCount members { edges { node { username } } totalCount } } }`;
export const REVOKE_FOR = `mutation RevokeFor($input: RevokeUserCliSecretInput!) { revokeUserCliSecret(input: $input) { user { username cliSecret { status } } } }`;
export const START_TEST_LOGIN = `mutation StartTestLogin($input: StartTestLoginInput!) { startTestLogin(input: $input) { id url expiresAt } }`;
export const TEST_LOGIN = `query TestLogin($id: ID!) { testLogin(id: $id) { state expiresAt tokens problem { code message providerError providerErrorDescription }
  preview { issuer subject username email realName groups groupsSource countingGroups isAdmin mayLogIn hasRefreshToken tokenExpiresAt
    claims { name value source } claimsLeftOut notes account refusal usernameProblem suggestedUsername repositoryName } } }`;
export const TEST_PROVIDER = `mutation TestProvider($input: TestOidcProviderInput!) { testOidcProvider(input: $input) { report { ok checks { name status detail remedy fixes { setting value } } } } }`;
const RULE = 'id repositoryPattern actions subjectKind user { username } group { name } createdAt updatedAt';
export const RULES = `query Rules($first: Int, $after: String) {
  accessRules(first: $first, after: $after) { edges { node { ${RULE} } } pageInfo { hasNextPage endCursor } totalCount }
}`;
export const CREATE_RULE = `mutation CreateRule($input: CreateAccessRuleInput!) { createAccessRule(input: $input) { accessRule { ${RULE} } namesAffected warnings } }`;
export const UPDATE_RULE = `mutation UpdateRule($input: UpdateAccessRuleInput!) { updateAccessRule(input: $input) { accessRule { ${RULE} } namesAffected } }`;
export const DELETE_RULE = `mutation DeleteRule($input: DeleteAccessRuleInput!) { deleteAccessRule(input: $input) { accessRuleId } }`;
export const EXPLAIN = `query Explain($username: String, $repository: String!, $action: RegistryAction!) {
  explainAccess(username: $username, repository: $repository, action: $action) { allowed reason rule { ${RULE} } }
}`;
