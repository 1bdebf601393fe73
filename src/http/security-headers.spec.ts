import { describe, expect, it } from '@jest/globals';
import { readEnvironment } from '../config/env.js';
import { securityHeadersOf } from './security-headers.js';

const headersAt = (publicUrl: string) => securityHeadersOf(readEnvironment({ PUBLIC_URL: publicUrl }));

describe(securityHeadersOf, () => {
  it('lets a page run, load and send nothing but our own, and be shown in no frame', () => {
    expect(headersAt('http://localhost:8080')).toEqual({
      'content-security-policy':
        "default-src 'none';script-src 'self';style-src 'self';img-src 'self';connect-src 'self';form-action 'self';base-uri 'none';frame-ancestors 'none'",
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'origin-agent-cluster': '?1',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-dns-prefetch-control': 'off',
      'x-download-options': 'noopen',
      'x-frame-options': 'DENY',
      'x-permitted-cross-domain-policies': 'none',
      'x-xss-protection': '0',
    });
  });

  it('asks browsers for https alone where that is how they reach us', () => {
    const header = { 'strict-transport-security': 'max-age=31536000; includeSubDomains' };
    expect(headersAt('https://mooring.example.com')).toMatchObject(header);
  });
});
