import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { OpensslServer } from './support/openssl-server.js';
import { CHAIN_CASES, NamedCertificates, namedCertificates, testedLines } from './support/odd-chains.js';

/** Only for these turning verification off is offered. */
const SELF_SIGNED = ['self-signed'];

describe('At a TLS server of OpenSSL, the certificate line of the provider test', () => {
  let certificates: NamedCertificates;
  let server: OpensslServer | undefined;
  beforeAll(async () => (certificates = await namedCertificates()));
  afterEach(() => server?.stop());

  it.each(CHAIN_CASES.filter(({ served }) => served.length > 0))('tells what it is: $id', async (one) => {
    server = await OpensslServer.start(
      one.served.map((name) => certificates.get(name)!),
      one.maxVersion,
    );
    const { reachable, tls } = await testedLines(server.url, one, certificates);
    expect([reachable.status, tls.status]).toEqual(['PASSED', one.remedy === undefined ? 'PASSED' : 'FAILED']);
    expect(tls.detail).toContain(one.detail);
    expect(tls.remedy ?? '').toContain(one.remedy ?? '');
    expect((tls.remedy ?? '').includes('verifyCertificate')).toBe(SELF_SIGNED.includes(one.id));
  });
});
