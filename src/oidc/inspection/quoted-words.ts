import { SecretText } from '../../common/crypto/secret-text.js';
import { formEncoded } from '../provider/client-authentication.js';

const LONGEST = 200;
/** So many successive characters of a secret are not quoted. */
const TELLING = 8;
/** The code, refresh token or secret of this test, which the provider may send back. */
const MADE_UP = /mooring-test-(?!not-registered)/i;
const CODE = /^[a-z][a-z0-9_.-]{0,63}$/i;

/** An error as a provider told it (RFC 6749, sections 4.1.2.1 and 5.2). */
export interface ToldError {
  readonly error: string;
  readonly description?: string | null;
}

/**
 * An error in the provider's words, marked as such: bounded, in quotation marks, without control characters, and without
 * what could be a part of a secret.
 *
 * @param secrets texts that must not be quoted, nor parts of them
 */
export function wordsOf(told: ToldError, secrets: readonly string[] = []): string {
  const [error = '', description = ''] = [told.error, told.description ?? ''].map((text) => text.slice(0, LONGEST));
  const code = CODE.test(error) && !betrays(error, secrets) ? error : null;
  const words = [code === null ? error : '', description].filter((text) => text !== '');
  const quoted = words.filter((text) => !betrays(text, secrets)).map(quote);
  const said = quoted.length > 0 ? `in the provider's words ${quoted.join(', ')}` : null;
  return [code ?? 'an error', said].filter((text) => text !== null).join(', ');
}

/** What of client id and secret must not be quoted: the secret, and both as they are sent (RFC 6749, section 2.3.1). */
export function secretsOf(clientId: string | null, clientSecret: SecretText | null): readonly string[] {
  if (clientSecret === null) return [];
  const secret = clientSecret.reveal();
  return [secret, `${formEncoded(clientId ?? '')}:${formEncoded(secret)}`];
}

/** A text in quotation marks, bounded, without characters that are not seen. */
export function quote(text: string): string {
  return JSON.stringify(text.slice(0, LONGEST).replace(/[\p{C}\p{Zl}\p{Zp}<>]/gu, '?'));
}

function betrays(text: string, secrets: readonly string[]): boolean {
  if (MADE_UP.test(text)) return true;
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
