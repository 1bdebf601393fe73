import { errors } from 'jose';
import { DomainError } from '../../common/errors/domain-error.js';
import { isObject } from './claim-paths.js';
import { flatMembers } from './flat-members.js';
import { isSilence } from './provider-failure.js';
import { ProviderError, ProviderUnavailable } from './provider.errors.js';

/** A key set, as the library reads it. */
export interface KeySet {
  readonly answer: Response;
  /** The keys; null for what is no object. */
  readonly keys: readonly unknown[];
}

/**
 * Reads a key set (RFC 7517, section 5). The library checks the single keys.
 *
 * @throws {ProviderUnavailable} {@link ProviderError} if the answer is none
 */
export async function keySetIn(answer: Response): Promise<KeySet> {
  if (isSilence(answer.status)) throw new ProviderUnavailable(`key set: HTTP ${answer.status}`);
  const body = (await answer
    .clone()
    .json()
    .catch(() => undefined)) as { keys?: unknown } | null | undefined;
  if (answer.status === 200 && Array.isArray(body?.keys)) {
    const keys = body.keys.map((key) => (isObject(key) ? flatMembers(key) : null));
    return { answer: Response.json({ keys }), keys };
  }
  throw unusable(answer.status === 200 ? 'it has no list of keys' : `it is HTTP ${answer.status}`);
}

/** Throws the error of a verification: as {@link ProviderError} if it is about the form of a key, which only the runtime checks. */
export function unlessUnusable(error: unknown): never {
  if (error instanceof errors.JOSEError && !(error instanceof errors.JWKSInvalid)) throw error;
  if (error instanceof DomainError) throw error;
  throw unusable('a key in it is not valid');
}

function unusable(fault: string): ProviderError {
  return new ProviderError(
    `The OpenID provider's key set can't be used: ${fault}. Log in again; if this continues, tell an administrator.`,
    `key set: ${fault}`,
    `key set: ${fault}`,
  );
}
