import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readKept, writeKept } from './kept-file.js';

/** The keys of one provider. */
export interface ProviderKeys {
  /** The private key of its ID tokens, as a JWK. */
  readonly signing: object;
  /** The key that signs its cookies. */
  readonly cookies: string;
}

/** Making an RSA key takes half a second: that of a provider which has ended serves the next one of this process. */
const freeKeys: ProviderKeys[] = [];

/**
 * The keys for a provider.
 *
 * @param file where they are kept for the next provider; they are only in memory when left out
 */
export function takeKeys(file?: string): ProviderKeys {
  if (file === undefined) return freeKeys.pop() ?? newKeys();
  const kept = readKept<ProviderKeys>(file);
  if (kept) return kept;
  const keys = newKeys();
  writeKept(file, JSON.stringify(keys));
  return keys;
}

/** Gives keys back that no provider uses any longer. */
export function giveBackKeys({ signing }: ProviderKeys): void {
  freeKeys.push({ signing, cookies: newCookieKey() });
}

function newKeys(): ProviderKeys {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const jwk = privateKey.export({ format: 'jwk' });
  const signing = { ...jwk, kid: randomBytes(8).toString('hex'), alg: 'RS256', use: 'sig' };
  return { signing, cookies: newCookieKey() };
}

function newCookieKey(): string {
  return randomBytes(32).toString('base64url');
}
