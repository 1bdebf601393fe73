import { describe, expect, it } from '@jest/globals';
import { safeReturnPath } from './safe-return-path.js';

describe(safeReturnPath.name, () => {
  it.each(['/', '/profile', '/profile?tab=secret#copy', '/a/b'])('keeps %s, a path of this installation', (path) => {
    expect(safeReturnPath(path)).toBe(path);
  });

  it.each([
    undefined,
    '',
    'profile',
    '//evil.example',
    '/\\evil.example',
    '\\\\evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '/\t/evil.example',
    '/\n/evil.example',
    ' //evil.example',
    '/..//evil.example',
    '/.//evil.example',
    `/${'a'.repeat(3000)}`,
  ])('never leads %j to another host', (path) => {
    const safe = safeReturnPath(path);
    expect(new URL(safe, 'https://mooring.example').host).toBe('mooring.example');
    expect(safe.startsWith('//')).toBe(false);
  });
});
