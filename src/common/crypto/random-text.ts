import { hash, randomBytes } from 'node:crypto';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const LARGEST_FAIR_BYTE = Math.floor(256 / BASE62.length) * BASE62.length;

/**
 * Random characters of base62, each equally likely (5.95 bits a character), from the system's secure source.
 *
 * @param length the number of characters
 */
export function randomBase62(length: number): string {
  let text = '';
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      // Bytes above the last multiple of 62 are skipped: they would make the first characters more likely than others.
      if (byte < LARGEST_FAIR_BYTE && text.length < length) text += BASE62[byte % BASE62.length];
    }
  }
  return text;
}

/** The SHA-256 of a text that is too random to guess, in base64url (43 characters); for look-ups. */
export function sha256(text: string): string {
  return hash('sha256', text, 'base64url');
}

/**
 * The checksum of a generated secret: six base62 digits of its digest, so that a mistyped secret is recognised without
 * reading the database. It does not protect against forgery, and does not need to.
 */
export function checksumOf(text: string): string {
  let rest = hash('sha256', text, 'buffer').readUInt32BE(0);
  let digits = '';
  for (let place = 0; place < 6; place++) {
    digits = BASE62.charAt(rest % BASE62.length) + digits;
    rest = Math.floor(rest / BASE62.length);
  }
  return digits;
}
