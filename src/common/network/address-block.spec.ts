import { describe, expect, it } from '@jest/globals';
import { addressBlock, addressNetwork } from './address-block.js';

describe('The block of an address', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['::FFFF:192.0.2.7', '192.0.2.7'],
    ['::1', '0:0:0:0::/64'],
    ['::', '0:0:0:0::/64'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::9', '2001:db8:1:2::/64'],
    ['2001:db8::2', '2001:db8:0:0::/64'],
    ['2001:db8:1:2::192.0.2.7', '2001:db8:1:2::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['192.0.2.7:50123', '192.0.2.7'],
    ['[2001:db8:1:2::9]:443', '2001:db8:1:2::/64'],
    ['[2001:db8:1:2::9]', '2001:db8:1:2::/64'],
    ['[::ffff:192.0.2.7]:1', '192.0.2.7'],
    ['[fe80::1%eth0]:1', 'fe80:0:0:0::/64'],
    ['192.0.2.7:port', '192.0.2.7:port'],
    ['no address', 'no address'],
    [null, '(absent)'],
  ])('of %s is %s', (address, block) => expect(addressBlock(address)).toBe(block));
});

describe('The network of an address', () => {
  it.each([
    ['192.0.2.7', '192.0.2.0/24'],
    ['::ffff:192.0.2.7', '192.0.2.0/24'],
    ['2001:db8:1:2::9', '2001:db8:1::/48'],
    ['2001:0DB8::2', '2001:db8:0::/48'],
    ['no address', 'no address'],
    [null, '(absent)'],
  ])('of %s is %s', (address, network) => expect(addressNetwork(address)).toBe(network));
});
