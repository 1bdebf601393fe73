import { sha256 } from '../common/crypto/random-text.js';

/** What a login came from at the provider, as digests, and when it was begun here. */
export interface ProviderSession {
  readonly person: string;
  /** Null where the provider did not name its session. */
  readonly session: string | null;
  readonly begunAt: Date;
}

/** The digest of an identifier that a provider chose: of one length, whatever it holds, and another one for each issuer. */
export function providerDigest(issuer: string, identifier: string): string {
  return sha256(JSON.stringify([issuer, identifier]));
}
