import { sha256 } from '../common/crypto/random-text.js';

/** The user and session at the provider that a login came from, as digests, and when the login began. */
export interface ProviderSession {
  readonly person: string;
  /** Null if the provider sent no session id. */
  readonly session: string | null;
  readonly begunAt: Date;
}

/** The digest of an identifier of the provider: always of the same length, and different for each issuer. */
export function providerDigest(issuer: string, identifier: string): string {
  return sha256(JSON.stringify([issuer, identifier]));
}
