import { isTelling } from '../provider/secret-parts.js';

const LONGEST = 200;
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
  const code = CODE.test(error) && !isTellingHere(error, secrets) ? error : null;
  const words = [code === null ? error : '', description].filter((text) => text !== '');
  const quoted = words.filter((text) => !isTellingHere(text, secrets)).map(quote);
  const said = quoted.length > 0 ? `in the provider's words ${quoted.join(', ')}` : null;
  return [code ?? 'an error', said].filter((text) => text !== null).join(', ');
}

/** A text in quotation marks, bounded, without characters that are not seen. */
export function quote(text: string): string {
  return JSON.stringify(text.slice(0, LONGEST).replace(/[\p{C}\p{Zl}\p{Zp}<>]/gu, '?'));
}

function isTellingHere(text: string, secrets: readonly string[]): boolean {
  return MADE_UP.test(text) || isTelling(text, secrets);
}
