import type { ProviderClient } from '../provider/index.js';

/** A verified login, as the provider client gives it. */
export type VerifiedLogin = Awaited<ReturnType<ProviderClient['exchange']>>;

/** The claims of a login by where they came from; null: userinfo was not used. */
export type LoginClaims = VerifiedLogin['claims'];

/** The tokens that can be revoked. */
export type RevocableTokens = Parameters<ProviderClient['revoke']>[0];

/** What came of a revocation. */
export type RevocationOutcome = Awaited<ReturnType<ProviderClient['revoke']>>;
