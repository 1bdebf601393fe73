import { describe, expect, it } from '@jest/globals';
import { registryAddressesProblem } from './registry-addresses.js';

const RULE = expect.stringContaining('has an entry that is not an address such as registry.example.com');

describe(registryAddressesProblem, () => {
  it('accepts hosts, with and without a port', () => {
    const hosts = ['registry.example.com', 'registry.example.com:5000', 'localhost:1', '192.0.2.7:65535', 'r'];
    expect(registryAddressesProblem([])).toBeUndefined();
    expect(registryAddressesProblem([...hosts, '[2001:db8::7]', '[::1]:5000', 'xn--hfen-loa.example'])).toBeUndefined();
  });

  it.each([
    ...['', ' ', 'https://registry.example.com', 'registry.example.com/', 'registry.example.com/team', '//registry'],
    ...['Registry.example.com', 'registry.example.com:', 'registry.example.com:0', 'registry:65536', 'registry:05000'],
    ...[
      'lin@registry',
      'registry example',
      'registry\n',
      '-registry',
      'registry-',
      'a..b',
      '.a',
      'a.',
      'a_b',
      'häfen.example',
    ],
    ...[
      '::1',
      '[::1',
      '[::1%lo]',
      '[registry]',
      '[::1]5000',
      '$(id)',
      "r'",
      `${'a'.repeat(64)}.example`,
      'a.'.repeat(130) + 'a',
    ],
  ])('refuses %j', (address) => {
    expect(registryAddressesProblem(['registry.example.com', address])).toEqual(RULE);
  });

  it('refuses one that is there twice, and more than twenty', () => {
    expect(registryAddressesProblem(['a', 'b', 'a'])).toBe('must not contain the same address twice.');
    const many = Array.from({ length: 21 }, (_, index) => `r${index}.example`);
    expect(registryAddressesProblem(many)).toBe('must not contain more than 20 addresses.');
    expect(registryAddressesProblem(many.slice(1))).toBeUndefined();
  });
});
