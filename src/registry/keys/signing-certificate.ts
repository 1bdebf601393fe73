import * as x509 from '@peculiar/x509';
import { KeyObject, randomBytes, webcrypto } from 'node:crypto';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const SECONDS_A_DAY = 86_400;
/** Certificates are valid from an hour earlier, because the clocks of a registry and of a replica may differ. */
const BACKDATED_SECONDS = 3600;
/** For how long a certificate is valid that registries have in a file, in years. */
const FILED_YEARS = 20;
/** For how long the certificate of a token key is valid, in seconds. */
export const LEAF_SECONDS = 2 * SECONDS_A_DAY;
const AUTHORITY_NAME = 'CN=Mooring registry tokens';
/** The bound of a common name (RFC 5280, appendix A.1). */
const LONGEST_COMMON_NAME = 64;
const LEAF_NAME = 'CN=Mooring registry token key';

/** The authority's private key, with the certificate that registries trust. */
export interface CertificateAuthority {
  readonly privateKey: KeyObject;
  /** In PEM. */
  readonly certificate: string;
}

const secondsAfter = (time: Date, seconds: number) => new Date(time.getTime() + seconds * 1000);
// The first bit is 0, so that the number is positive (RFC 5280, section 4.1.2.2).
const serialNumber = () => `01${randomBytes(15).toString('hex')}`;

function privateCryptoKey(key: KeyObject): Promise<webcrypto.CryptoKey> {
  return webcrypto.subtle.importKey('pkcs8', key.export({ type: 'pkcs8', format: 'der' }), ALGORITHM, true, ['sign']);
}

function publicCryptoKey(key: KeyObject): Promise<webcrypto.CryptoKey> {
  return webcrypto.subtle.importKey('spki', key.export({ type: 'spki', format: 'der' }), ALGORITHM, true, ['verify']);
}

/** A self-signed certificate for a key that may only sign other certificates (RFC 5280, section 4.2.1.9), in PEM. */
export async function authorityCertificate(
  keys: { privateKey: KeyObject; publicKey: KeyObject },
  now: Date,
): Promise<string> {
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: AUTHORITY_NAME,
    notBefore: secondsAfter(now, -BACKDATED_SECONDS),
    notAfter: secondsAfter(now, FILED_YEARS * 365 * SECONDS_A_DAY),
    signingAlgorithm: ALGORITHM,
    keys: { privateKey: await privateCryptoKey(keys.privateKey), publicKey: await publicCryptoKey(keys.publicKey) },
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
    ],
  });
  return `${certificate.toString('pem')}\n`;
}

/** A self-signed certificate of a key that signs the tokens of one service itself, in PEM. */
export async function serviceCertificate(
  keys: { privateKey: KeyObject; publicKey: KeyObject },
  service: string,
  now: Date,
): Promise<string> {
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: [{ CN: [`Mooring tokens for ${service}`.slice(0, LONGEST_COMMON_NAME)] }],
    notBefore: secondsAfter(now, -BACKDATED_SECONDS),
    notAfter: secondsAfter(now, FILED_YEARS * 365 * SECONDS_A_DAY),
    signingAlgorithm: ALGORITHM,
    keys: { privateKey: await privateCryptoKey(keys.privateKey), publicKey: await publicCryptoKey(keys.publicKey) },
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
    ],
  });
  return `${certificate.toString('pem')}\n`;
}

/** A certificate in PEM, in the form of `x5c`: DER in base64 (RFC 7515, section 4.1.6). */
export function derOf(certificate: string): string {
  return certificate.replace(/-----[A-Z ]+-----|\s/g, '');
}

/** A short-lived certificate of a token key, issued by the authority, in the form of `x5c`: DER in base64 (RFC 7515, section 4.1.6). */
export async function leafCertificate(
  authority: CertificateAuthority,
  publicKey: KeyObject,
  now: Date,
): Promise<string> {
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    issuer: AUTHORITY_NAME,
    subject: LEAF_NAME,
    notBefore: secondsAfter(now, -BACKDATED_SECONDS),
    notAfter: secondsAfter(now, LEAF_SECONDS),
    signingAlgorithm: ALGORITHM,
    publicKey: await publicCryptoKey(publicKey),
    signingKey: await privateCryptoKey(authority.privateKey),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
    ],
  });
  return Buffer.from(certificate.rawData).toString('base64');
}
