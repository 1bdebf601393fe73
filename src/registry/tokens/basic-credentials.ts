import { SecretText } from '../../common/crypto/secret-text.js';

/** What a registry client presents. */
export interface RegistryCredentials {
  readonly username: string;
  readonly secret: SecretText;
}

const LONGEST_HEADER = 8192;
const BASIC = /^Basic +([A-Za-z0-9+/]+={0,2}) *$/i;
const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * The user name and password of a Basic `Authorization` header (RFC 7617), in UTF-8; null for whatever is no such header.
 * The first colon ends the user name.
 */
export function basicCredentials(header: string): RegistryCredentials | null {
  const [, encoded] = BASIC.exec(header.slice(0, LONGEST_HEADER)) ?? [];
  const text = encoded === undefined ? null : decoded(encoded);
  const colon = text?.indexOf(':') ?? -1;
  if (text === null || colon < 0) return null;
  return { username: text.slice(0, colon), secret: new SecretText(text.slice(colon + 1)) };
}

function decoded(base64: string): string | null {
  try {
    return utf8.decode(Buffer.from(base64, 'base64'));
  } catch {
    return null;
  }
}
