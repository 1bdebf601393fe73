import { SecretText } from '../../common/crypto/secret-text.js';
import { formEncoded } from './client-authentication.js';

/** So many successive characters of a secret are not told. */
const TELLING = 8;
/** A signed token, such as a client assertion: header and claims begin with `{"`. */
const TOKEN = /\beyJ[\w-]+\.eyJ/;

/** What of client id and secret must not be quoted: the secret, and both as they are sent (RFC 6749, section 2.3.1). */
export function secretsOf(clientId: string | null, clientSecret: SecretText | null): readonly string[] {
  if (clientSecret === null) return [];
  const secret = clientSecret.reveal();
  return [secret, `${formEncoded(clientId ?? '')}:${formEncoded(secret)}`];
}

/**
 * Whether a text of the provider could tell a part of a secret, in any spelling, or holds a token (RFC 7519).
 *
 * @param secrets texts of which no part may be told
 */
export function isTelling(text: string, secrets: readonly string[]): boolean {
  if (TOKEN.test(text)) return true;
  const spellings = secrets.flatMap(spellingsOf);
  const lower = text.toLowerCase();
  return spellings.some((secret) => partsOf(secret.toLowerCase()).some((part) => lower.includes(part)));
}

function spellingsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const encoded = [formEncoded(secret), encodeURIComponent(secret)];
  return [secret, ...encoded, ...(['base64', 'base64url'] as const).map((encoding) => bytes.toString(encoding))];
}

function partsOf(secret: string): string[] {
  if (secret.length <= TELLING) return secret === '' ? [] : [secret];
  return Array.from({ length: secret.length - TELLING + 1 }, (_, from) => secret.slice(from, from + TELLING));
}
