import { X509Certificate } from 'node:crypto';

const BLOCK = /-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/g;
const BEGUN = /BEGIN [A-Z0-9 ]*CERTIFICATE-/gi;
// RFC 7468, sections 10 and 11, the older labels such as RSA PRIVATE KEY, and what editors and messengers make of them.
const PRIVATE_KEY = /-\s{0,9}(BEGIN|END)\b[^\n-]{0,40}PRIVATE[^\n-]{0,9}KEY|PuTTY-User-Key-File/i;
/** A line of base64 that can hold a key, which no comment has; hexadecimal digits are a fingerprint. */
const ENCODED_LINE = /^[ \t]*(?![0-9a-f]+[ \t\r]*$)[a-z0-9+/]{43,}={0,2}[ \t\r]*$/im;

/**
 * The certificates in a text, however its lines break (RFC 7468, section 5). Everything else is left out: OpenSSL would stop
 * reading there.
 */
export function certificatesIn(text: string): X509Certificate[] {
  return [...text.matchAll(BLOCK)].flatMap(([, base64 = '']) => certificateOf(base64) ?? []);
}

/** Whether a text has certificates and, apart from comments, nothing else: none is cut off, and no other data is beside them. */
export function hasOnlyCertificates(text: string): boolean {
  const begun = text.match(BEGUN)?.length ?? 0;
  return begun > 0 && certificatesIn(text).length === begun && !ENCODED_LINE.test(text.replace(BLOCK, '\n'));
}

/** Whether a text has a private key, or the first or last line of one. */
export function hasPrivateKey(text: string): boolean {
  return PRIVATE_KEY.test(text);
}

function certificateOf(base64: string): X509Certificate | undefined {
  try {
    return new X509Certificate(Buffer.from(base64, 'base64'));
  } catch {
    return undefined;
  }
}
