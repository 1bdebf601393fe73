import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { X509Certificate } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SELF_SIGNED } from '../../test/support/self-signed.js';
import { databaseTlsOf } from './database-tls.js';

const CERT = SELF_SIGNED.cert.trim();
const trusted = new X509Certificate(CERT).toString();

describe('The file of ssl-ca', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'mooring-ca-'))));
  afterEach(() => rm(folder, { recursive: true }));

  const caIn = async (text: string): Promise<string | undefined> => {
    const file = join(folder, 'ca.pem');
    await writeFile(file, text);
    return databaseTlsOf(new URLSearchParams({ 'ssl-mode': 'VERIFY_CA', 'ssl-ca': file }), 'h')?.ca;
  };

  it.each([
    ['one certificate', CERT, 1],
    ['lines of Windows', CERT.replace(/\n/g, '\r\n'), 1],
    ['two files in one, without a line break between them', CERT + CERT, 2],
    ['one that is cut off before one that is not', `-----BEGIN CERTIFICATE-----\nMIIB\n${CERT}`, 1],
  ])('is trusted for each certificate in it: %s', async (_form, text, count) => {
    expect(await caIn(text)).toBe(trusted.repeat(count));
  });

  it.each(['', 'nonsense', '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n', SELF_SIGNED.key])(
    'is refused without any',
    async (text) => expect(await caIn(text)).toBeUndefined(),
  );
});
