import { describe, expect, it } from '@jest/globals';
import { linkLocalRefused } from '../provider/link-local.js';
import { ProviderError, ProviderUnavailable } from '../provider/provider.errors.js';
import { DISCOVERY, issuerFinding, usableMetadata, withoutDocument } from './discovery-check.js';
import { Finding } from './provider-report.js';
import { CLOCK, clockFinding, CONNECTION, tlsFinding, unreachedFindings } from './reachability-check.js';

describe(unreachedFindings, () => {
  it.each<[string, Finding]>([
    ['DEPTH_ZERO_SELF_SIGNED_CERT', CONNECTION.selfSigned('DEPTH_ZERO_SELF_SIGNED_CERT')],
    ['SELF_SIGNED_CERT_IN_CHAIN', CONNECTION.privateCa('SELF_SIGNED_CERT_IN_CHAIN')],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', CONNECTION.unknownIssuer('UNABLE_TO_VERIFY_LEAF_SIGNATURE')],
    ['UNABLE_TO_GET_ISSUER_CERT', CONNECTION.unknownIssuer('UNABLE_TO_GET_ISSUER_CERT')],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', CONNECTION.unknownIssuer('UNABLE_TO_GET_ISSUER_CERT_LOCALLY')],
    ['CERT_NOT_YET_VALID', CONNECTION.notYetValid('CERT_NOT_YET_VALID')],
    ['ERR_TLS_CERT_ALTNAME_INVALID', CONNECTION.otherName('ERR_TLS_CERT_ALTNAME_INVALID')],
    ['INVALID_PURPOSE', CONNECTION.otherPurpose('INVALID_PURPOSE')],
    ['CERT_SIGNATURE_FAILURE', CONNECTION.otherCa('CERT_SIGNATURE_FAILURE')],
    ['INVALID_CA', CONNECTION.notTrusted('INVALID_CA')],
    ['ERR_SSL_WRONG_VERSION_NUMBER', CONNECTION.noTls('ERR_SSL_WRONG_VERSION_NUMBER')],
    ['ERR_SSL_PACKET_LENGTH_TOO_LONG', CONNECTION.noTls('ERR_SSL_PACKET_LENGTH_TOO_LONG')],
    ['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', CONNECTION.oldTls('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION')],
    ['ERR_SSL_UNSUPPORTED_PROTOCOL', CONNECTION.oldTls('ERR_SSL_UNSUPPORTED_PROTOCOL')],
    ['ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE', CONNECTION.notAgreed('ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE')],
    ['ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE', CONNECTION.notAgreed('ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE')],
    ['ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED', CONNECTION.notAgreed('ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED')],
    ['CERT_HAS_EXPIRED', CONNECTION.expired(null, 'CERT_HAS_EXPIRED')],
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

  it('does not say that an address answered which is never asked', () => {
    const found = unreachedFindings(linkLocalRefused());
    expect(found).toEqual({ REACHABLE: CONNECTION.neverAsked('link-local or metadata address refused') });
    expect(found.REACHABLE?.status).toBe('FAILED');
  });

  it('sees in the chain whether an intermediate is missing, and which certificate has expired', () => {
    const chain = { isAlone: true, issuer: 'Some "CA"', validTo: new Date(1) };
    const found = (reason: string, seen: typeof chain) =>
      unreachedFindings(new ProviderError('x', reason), { chain: seen, proxy: null }).TLS;
    const missing = found('UNABLE_TO_GET_ISSUER_CERT_LOCALLY', chain);
    expect(missing).toEqual(CONNECTION.incomplete('Some "CA"', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'));
    expect(found('UNABLE_TO_GET_ISSUER_CERT', { ...chain, isAlone: false })).toEqual(
      CONNECTION.unknownIssuer('UNABLE_TO_GET_ISSUER_CERT'),
    );
    expect(found('CERT_HAS_EXPIRED', chain)?.detail).toContain('valid until 1970-01-01');
    const valid = { ...chain, validTo: new Date('9999-01-01') };
    expect(found('CERT_HAS_EXPIRED', valid)).toEqual(CONNECTION.expired(null, 'CERT_HAS_EXPIRED'));
  });

  it('names the proxy where the certificate that came through it leads to no CA', () => {
    const proxy = { url: new URL('http://proxy.example:3128'), authorization: null, variable: 'HTTPS_PROXY' };
    const chain = { isAlone: true, issuer: 'Some CA', validTo: new Date('9999-01-01') };
    const found = (reason: string) => unreachedFindings(new ProviderError('x', reason), { chain, proxy }).TLS;
    for (const reason of ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'SELF_SIGNED_CERT_IN_CHAIN']) {
      expect(found(reason)).toEqual(CONNECTION.openedByProxy(proxy, 'Some CA', reason));
    }
    expect(found('ERR_TLS_CERT_ALTNAME_INVALID')).toEqual(CONNECTION.otherName('ERR_TLS_CERT_ALTNAME_INVALID'));
  });

  it('advises to turn verification off only for a self-signed certificate, and to add a CA only where one is missing', () => {
    const { reached, silent, plain, trusted, unverified, expired, incomplete, ...others } = CONNECTION;
    const { proxyWantsCredentials, proxyRefused, proxyFailed, silentThrough, openedByProxy, ...byReason } = others;
    const ofProxies = [proxyWantsCredentials, proxyRefused, proxyFailed, silentThrough];
    const causes = Object.entries(byReason).map(([name, cause]) => [name, cause('x')] as const);
    const all = [...causes, ['expired', expired(null, 'x')], ['incomplete', incomplete('CA', 'x')]] as const;
    const advising = (setting: string) =>
      all.filter(([, { remedy }]) => remedy?.includes(setting)).map(([name]) => name);
    expect(advising('verifyCertificate')).toEqual(['selfSigned']);
    expect(advising('caCertificates')).toEqual(['selfSigned', 'privateCa', 'unknownIssuer', 'otherCa', 'incomplete']);
    const proxy = { url: new URL('http://proxy.example:3128'), authorization: null, variable: 'HTTPS_PROXY' };
    const told = ofProxies.map((cause) => cause(proxy, 'x')).concat(reached(proxy), silent('x'), plain(), trusted());
    expect(told.some(({ remedy }) => /verifyCertificate|caCertificates/.test(remedy ?? ''))).toBe(false);
    expect(unverified().remedy).toContain('CA certificate');
    expect(openedByProxy(proxy, null, 'x').remedy).toMatch(/^(?!.*verifyCertificate).*caCertificates/);
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

describe('A provider behind a proxy', () => {
  const proxy = { url: new URL('http://proxy.example:3128'), authorization: null, variable: 'https_proxy' };

  it.each<[string, Finding]>([
    ['proxy: HTTP 407', CONNECTION.proxyWantsCredentials(proxy)],
    ['proxy: HTTP 403', CONNECTION.proxyRefused(proxy, 'HTTP 403')],
    ['proxy: HTTP 502', CONNECTION.proxyRefused(proxy, 'HTTP 502')],
    ['proxy: timeout', CONNECTION.proxyFailed(proxy, 'timeout')],
    ['proxy: DEPTH_ZERO_SELF_SIGNED_CERT', CONNECTION.proxyFailed(proxy, 'DEPTH_ZERO_SELF_SIGNED_CERT')],
    ['ECONNRESET', CONNECTION.silentThrough(proxy, 'ECONNRESET')],
  ])('that fails by %s is told as that', (reason, cause) => {
    const { REACHABLE, TLS } = unreachedFindings(new ProviderUnavailable(reason), { chain: null, proxy });
    expect([REACHABLE, TLS]).toEqual([cause, undefined]);
    expect(REACHABLE?.detail).toContain('the proxy http://proxy.example:3128 (https_proxy)');
  });
});
