import { ProviderSession, providerDigest } from '../provider-logouts/provider-session.js';
import type { ProviderTokens, VerifiedProfile } from '../oidc/provider/index.js';

/** A login that the provider vouches for: who it is, with which tokens, and where the person wanted to go. */
export interface ProviderLogin {
  readonly profile: VerifiedProfile;
  readonly tokens: ProviderTokens;
  readonly clientId: string;
  readonly returnTo: string;
  /** When the browser was sent to the provider. */
  readonly begunAt: Date;
}

/** Where a login came from, by which a logout at the provider finds it. */
export function providerSessionOf({
  profile: { issuer, subject },
  tokens: { sessionId },
  begunAt,
}: ProviderLogin): ProviderSession {
  const session = sessionId === null ? null : providerDigest(issuer, sessionId);
  return { person: providerDigest(issuer, subject), session, begunAt };
}
