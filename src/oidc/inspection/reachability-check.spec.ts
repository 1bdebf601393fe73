import { describe, expect, it } from '@jest/globals';
import { ProviderError, ProviderUnavailable } from '../provider/provider.errors.js';
import { DISCOVERY, issuerFinding, usableMetadata, withoutDocument } from './discovery-check.js';
import { Finding } from './provider-report.js';
import { CLOCK, clockFinding, CONNECTION, tlsFinding, unreachedFindings } from './reachability-check.js';

describe(unreachedFindings, () => {
  it.each<[string, Finding]>([
    ['DEPTH_ZERO_SELF_SIGNED_CERT', CONNECTION.selfSigned('DEPTH_ZERO_SELF_SIGNED_CERT')],
    ['SELF_SIGNED_CERT_IN_CHAIN', CONNECTION.selfSigned('SELF_SIGNED_CERT_IN_CHAIN')],
    ['CERT_HAS_EXPIRED', CONNECTION.expired('CERT_HAS_EXPIRED')],
    ['ERR_TLS_CERT_ALTNAME_INVALID', CONNECTION.otherName('ERR_TLS_CERT_ALTNAME_INVALID')],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', CONNECTION.untrusted('UNABLE_TO_VERIFY_LEAF_SIGNATURE')],
  ])('tells the cause of %s, with its own remedy', (reason, cause) => {
    const { REACHABLE, TLS } = unreachedFindings(new ProviderError('not trusted', reason));
    expect([REACHABLE, TLS]).toEqual([CONNECTION.reached(), cause]);
  });

  it('tells silence from an answer that is no document', () => {
    expect(unreachedFindings(new ProviderUnavailable('ECONNREFUSED')).REACHABLE).toEqual(
      CONNECTION.silent('ECONNREFUSED'),
    );
    const { REACHABLE, DISCOVERY_DOCUMENT } = unreachedFindings(new ProviderError('a redirect', 'HTTP 302'));
    expect([REACHABLE?.status, DISCOVERY_DOCUMENT?.status]).toEqual(['PASSED', 'FAILED']);
  });

  it('advises to add the CA only where the certificate is not trusted', () => {
    const causes = [
      CONNECTION.selfSigned('x'),
      CONNECTION.untrusted('x'),
      CONNECTION.expired('x'),
      CONNECTION.otherName('x'),
    ];
    expect(causes.map(({ remedy }) => remedy?.includes('caCertificates'))).toEqual([true, true, false, false]);
  });
});

describe(tlsFinding, () => {
  it.each<[string, boolean, Finding]>([
    ['http://localhost:1', true, CONNECTION.plain()],
    ['https://id.example', true, CONNECTION.trusted()],
    ['https://id.example', false, CONNECTION.unverified()],
  ])('is right for %s, verified: %s', (issuer, verifyCertificate, cause) => {
    expect(tlsFinding({ issuer, verifyCertificate })).toEqual(cause);
  });
});

describe(clockFinding, () => {
  const now = new Date('2026-11-27T00:00:00Z');
  it.each<[string | null, Finding]>([
    [null, CLOCK.unknown()],
    ['never', CLOCK.unknown()],
    ['Fri, 27 Nov 2026 00:00:20 GMT', CLOCK.agree()],
    ['Thu, 26 Nov 2026 23:00:00 GMT', CLOCK.apart(3600)],
  ])('compares %s with our time', (date, cause) => expect(clockFinding(date, now)).toEqual(cause));
});

describe(withoutDocument, () => {
  it.each<[number, Finding]>([
    [200, DISCOVERY.notJson()],
    [404, DISCOVERY.notFound(404)],
    [403, DISCOVERY.notFound(403)],
    [429, DISCOVERY.inTrouble(429)],
    [503, DISCOVERY.inTrouble(503)],
  ])('has its own remedy for %d', (status, cause) => {
    expect(withoutDocument(new Response('<p>', { status }))).toEqual(cause);
  });

  it('tells another issuer from ours, and names what of a document is not usable', () => {
    expect(issuerFinding({ issuer: 'https://a' }, 'https://a')).toEqual(DISCOVERY.sameIssuer());
    expect(issuerFinding({ issuer: 'https://a/' }, 'https://a').detail).toContain('"https://a/"');
    expect(issuerFinding({ issuer: 7 }, 'https://a').detail).toContain('(none)');
    expect(usableMetadata({}, 'https://a')).toMatchObject({
      message: expect.stringContaining('authorization_endpoint'),
    });
  });
});
