import { describe, expect, it } from '@jest/globals';
import { trustedPeersOf, trustedProxiesIn } from './trusted-proxies.js';

describe(trustedPeersOf, () => {
  it.each<[string, string | undefined, boolean]>([
    ['', '127.0.0.1', false],
    ['0', '127.0.0.1', false],
    ['1', '203.0.113.9', true],
    ['loopback', '127.8.8.8', true],
    ['loopback', '::1', true],
    ['loopback', '::ffff:127.0.0.1', true],
    ['loopback', '128.0.0.1', false],
    ['linklocal', 'fe80::1%eth0', true],
    ['uniquelocal', '172.31.0.1', true],
    ['uniquelocal', '172.32.0.1', false],
    ['uniquelocal', 'fd00::1', true],
    ['192.0.2.7', '192.0.2.7', true],
    ['192.0.2.7', '192.0.2.8', false],
    ['192.0.2.7', '::ffff:192.0.2.7', true],
    ['10.0.0.0/8, 2001:db8::/32', '2001:db8:1::1', true],
    ['10.0.0.0/8, 2001:db8::/32', '2001:db9::1', false],
    ['10.0.0.0/8', undefined, false],
    ['10.0.0.0/8', 'nonsense', false],
  ])('knows of TRUST_PROXY=%s whether it covers the peer %s: %s', (text, peer, isTrusted) => {
    expect(trustedPeersOf(trustedProxiesIn(text) ?? [])(peer)).toBe(isTrusted);
  });
});
