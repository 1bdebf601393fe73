import * as x509 from '@peculiar/x509';
import { webcrypto } from 'node:crypto';

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

/** A self-signed certificate for localhost with its key, only for tests. */
export const SELF_SIGNED = {
  cert: `-----BEGIN CERTIFICATE-----
MIIBmjCCAUGgAwIBAgIUXjjzWm5wmDTsQrx2WAmLWTOm608wCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNDE2MTUwMVoYDzIxMjYxMDMx
MTYxNTAxWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQSyiSS0EJWm4GMl6UXFiml9lAyBIRxIKWkKajFn1NuBdg0xX7rixmF
LNRc31iBCGowNvcsnx8yiOGxhAKQstYuo28wbTAdBgNVHQ4EFgQUEsLayxyXxGtN
XbXOqL8On1KmWFswHwYDVR0jBBgwFoAUEsLayxyXxGtNXbXOqL8On1KmWFswDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDRwAwRAIgaIeTF178HsXSwnKiWYfGYYJv8EkfAKbiiWoBl4X7ovICIGbt
CrrWz+144ss+bBiDc5rtorsq6hVEf6iJp+R6F6/b
-----END CERTIFICATE-----
`,
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgphCU1VafgCkGxmbG
XT1Liy7Dwhm3uZJfOEHfH3Fhl4GhRANCAAQSyiSS0EJWm4GMl6UXFiml9lAyBIRx
IKWkKajFn1NuBdg0xX7rixmFLNRc31iBCGowNvcsnx8yiOGxhAKQstYu
-----END PRIVATE KEY-----
`,
};

/** A new self-signed certificate for another host with its key, both in PEM. */
export async function selfSignedFor(host: string): Promise<{ cert: string; key: string }> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${host}`,
    signingAlgorithm: ALGORITHM,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: host }]),
    ],
  });
  const key = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return { cert: certificate.toString('pem'), key: x509.PemConverter.encode(key, 'PRIVATE KEY') };
}
