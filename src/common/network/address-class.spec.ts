import { describe, expect, it } from '@jest/globals';
import { addressClass } from './address-class.js';

describe('The class of an address', () => {
  it.each([
    ['127.0.0.1', 'loopback'],
    ['::1', 'loopback'],
    ['::ffff:127.9.9.9', 'loopback'],
    ['169.254.1.2', 'linklocal'],
    ['fe80::1%eth0', 'linklocal'],
    ['10.1.2.3', 'uniquelocal'],
    ['172.31.255.255', 'uniquelocal'],
    ['::ffff:192.168.1.1', 'uniquelocal'],
    ['fd12::1', 'uniquelocal'],
    ['172.32.0.1', 'public'],
    ['192.0.2.7', 'public'],
    ['2001:db8::1', 'public'],
    ['no address', 'public'],
    ['', 'public'],
  ])('of %s is %s', (address, kind) => expect(addressClass(address)).toBe(kind));
});
