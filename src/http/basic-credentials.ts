import { SecretText } from '../common/crypto/secret-text.js';

/** A user name with a password or CLI secret. */
export interface BasicCredentials {
  readonly username: string;
  readonly secret: SecretText;
}

const LONGEST_HEADER = 8192;
const BASIC = /^Basic +([A-Za-z0-9+/]+={0,2}) *$/i;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * The credentials of an `Authorization` header with the scheme Basic (RFC 7617, section 2), in UTF-8; null for a malformed
 * header, another scheme, or a header over 8 KiB. The first colon ends the user name.
 */
export function basicCredentials(header: string): BasicCredentials | null {
  const [, encoded] = (header.length <= LONGEST_HEADER && BASIC.exec(header)) || [];
  const text = encoded === undefined ? null : decodedText(encoded);
  const colon = text?.indexOf(':') ?? -1;
  if (text === null || colon < 0) return null;
  return { username: text.slice(0, colon), secret: SecretText.given(text.slice(colon + 1)) };
}

function decodedText(base64: string): string | null {
  try {
    return utf8.decode(Buffer.from(base64, 'base64'));
  } catch {
    return null;
  }
}
