import type { KeyObject } from 'node:crypto';

/** The algorithms of client assertions (RFC 7523), the preferred one first. */
export const ASSERTION_ALGORITHMS = ['ES256', 'RS256'] as const;
/** One of {@link ASSERTION_ALGORITHMS}. */
export type AssertionAlgorithm = (typeof ASSERTION_ALGORITHMS)[number];

/** A private key for client assertions. */
export interface AssertionKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
}

/** The key that signs assertions now, for an algorithm. */
export type AssertionKeys = (algorithm: AssertionAlgorithm) => Promise<AssertionKey>;
