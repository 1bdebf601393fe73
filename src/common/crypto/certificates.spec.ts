import { beforeAll, describe, expect, it } from '@jest/globals';
import { X509Certificate } from 'node:crypto';
import { TestAuthority } from '../../../test/support/certificates.js';
import { certificatesIn, hasOnlyCertificates, hasPrivateKey } from './certificates.js';

type Change = (one: string, other: string) => string;

let one: string;
let other: string;
beforeAll(async () => {
  [one, other] = [(await TestAuthority.root()).cert.trim(), (await TestAuthority.root()).cert.trim()];
});

const begun = (label: string) => `-----BEGIN ${label}-----\nMIIB\n-----END ${label}-----\n`;
const derOf = (pem: string) => new X509Certificate(pem).raw;

describe(certificatesIn, () => {
  it.each<[string, number, Change]>([
    ['one', 1, (pem) => pem],
    ['lines of Windows', 1, (pem) => pem.replace(/\n/g, '\r\n')],
    ['lines of a YAML file', 1, (pem) => pem.replace(/^/gm, '    ')],
    ['blanks in place of line breaks', 1, (pem) => pem.replace(/\n/g, ' ')],
    ['no line breaks', 1, (pem) => pem.replace(/\n/g, '')],
    ['a byte order mark', 1, (pem) => `\ufeff${pem}`],
    ['comments', 2, (pem, next) => `# the root\n${pem}\nBag Attributes\n  localKeyID: 54 69\nsubject=/CN=x\n${next}\n`],
    ['fingerprints', 1, (pem) => `SHA256 Fingerprint=AB:CD\n${'0123abcd'.repeat(8)}\n${'='.repeat(60)}\n${pem}`],
    ['two files in one, the first without a line break at its end', 2, (pem, next) => pem + next],
    ['the same twice', 2, (pem) => `${pem}\n${pem}`],
  ])('reads all of them: %s', (_form, count, change) => {
    const text = change(one, other);
    expect(hasOnlyCertificates(text)).toBe(true);
    expect(certificatesIn(text)).toHaveLength(count);
    expect(certificatesIn(text)[0]?.raw.equals(derOf(one))).toBe(true);
  });

  it.each<[string, Change]>([
    ['nothing', () => ''],
    ['one that is cut off, in front', (pem) => `-----BEGIN CERTIFICATE-----\nMIIB\n${pem}`],
    ['one that is cut off, at the end', (pem) => `${pem}\n-----BEGIN CERTIFICATE-----\nMIIB`],
    ['one that is not readable', (pem) => begun('CERTIFICATE') + pem],
    ['dashes in one', (pem) => `-----BEGIN CERTIFICATE-----\n-x-\n-----END CERTIFICATE-----\n${pem}`],
    ['one with an older label', (pem) => begun('X509 CERTIFICATE') + pem],
    ['one of OpenSSL', (pem) => pem + begun('TRUSTED CERTIFICATE')],
    ['one with four dashes', (pem, next) => `${pem}\n${next.replace(/-----/g, '----')}`],
    ['one as DER', (pem) => derOf(pem).toString('latin1')],
    ['one as base64, without its label', (pem, next) => `${pem}\n${derOf(next).toString('base64')}\n`],
    ['an encoded key without its label', (pem) => `MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg\r\n${pem}`],
  ])('is not for a text with %s', (_what, change) => expect(hasOnlyCertificates(change(one, other))).toBe(false));
});

describe(hasPrivateKey, () => {
  it.each([
    ...['-----BEGIN PRIVATE KEY-----', '-----BEGIN RSA PRIVATE KEY-----', '-----BEGIN ENCRYPTED PRIVATE KEY-----'],
    ...[
      '-----BEGIN  RSA  PRIVATE  KEY-----',
      '-----BEGIN\u00a0PRIVATE\u00a0KEY-----',
      '-----BEGIN PRIVATE\u200bKEY-----',
    ],
    ...[
      '----BEGIN PRIVATE KEY----',
      '-----begin private key-----',
      '-----\tBEGIN PRIVATE KEY',
      'MIGH\n-----END PRIVATE KEY-----',
    ],
    ...[
      '---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----',
      'PuTTY-User-Key-File-3: ssh-ed25519',
      '-----BEGIN PGP PRIVATE KEY BLOCK',
    ],
  ])('is for %j', (key) => {
    for (const text of [key, `${one}\n${key}\n`, `${key}\n${one}`]) expect(hasPrivateKey(text)).toBe(true);
  });

  it.each(['# its private key is in the safe', 'X509v3 Private Key Usage Period:', '-----BEGIN PUBLIC KEY-----'])(
    'is not for the comment %j',
    (comment) => expect(hasPrivateKey(`${comment}\n${one}`)).toBe(false),
  );

  it('and the other question are quick for texts that are made to slow them down', () => {
    for (const part of ['-BEGIN ', 'PRIVATE', '\n', '- ', '-----BEGIN CERTIFICATE-----', 'A'.repeat(42) + '\n']) {
      const text = '-BEGIN' + part.repeat(60_000 / part.length);
      expect([hasPrivateKey(text), hasOnlyCertificates(text)]).toEqual([false, false]);
    }
  });
});
