import { providerDigest, ProviderSession } from '../provider-logouts/index.js';
import type { ProviderTokens, VerifiedProfile } from '../oidc/provider/index.js';

/** A login that the provider has verified: the profile, the tokens, and where the browser goes next. */
export interface ProviderLogin {
  readonly profile: VerifiedProfile;
  readonly tokens: ProviderTokens;
  readonly clientId: string;
  readonly returnTo: string;
  /** What of the answers could not be used, for the audit log; from a fixed vocabulary. By default nothing. */
  readonly detail?: string | null;
  /** When the browser was sent to the provider. */
  readonly begunAt: Date;
}

/** The session at the provider that a login came from; a logout there finds the login by it. */
export function providerSessionOf({
  profile: { issuer, subject },
  tokens: { sessionId },
  begunAt,
}: ProviderLogin): ProviderSession {
  const session = sessionId === null ? null : providerDigest(issuer, sessionId);
  return { person: providerDigest(issuer, subject), session, begunAt };
}
