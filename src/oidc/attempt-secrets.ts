import { createHash } from 'node:crypto';
import { randomBase62 } from '../common/crypto/random-text.js';

// RFC 7636, section 4.1: 43 to 128 characters.
const PKCE_VERIFIER_CHARACTERS = 64;

/** What ties the answer of the provider to one attempt to log in. */
export interface AttemptSecrets {
  readonly nonce: string;
  readonly pkceVerifier: string;
}

/** New secrets, for one attempt. */
export function attemptSecrets(): AttemptSecrets {
  return { nonce: randomBase62(32), pkceVerifier: randomBase62(PKCE_VERIFIER_CHARACTERS) };
}

/** The PKCE challenge for a verifier, by S256 (RFC 7636, section 4.2). */
export function challengeOf(pkceVerifier: string): string {
  return createHash('sha256').update(pkceVerifier).digest('base64url');
}
