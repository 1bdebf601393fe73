export type { LoginPreview } from './login-preview.js';
export type { ClaimSource, ShownClaim } from './shown-claims.js';
export { isTestLoginState } from './test-login.js';
export type { FinishedTestLogin, TestLogin, TestLoginProblem, TestTokensOutcome } from './test-login.js';
export { TestLoginExchange } from './test-login-exchange.service.js';
export { TestLogins } from './test-logins.service.js';
