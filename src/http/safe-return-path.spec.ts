import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { NASTY_RETURN_PATHS } from '../../test/support/nasty-return-paths.js';
import { safeReturnPath } from './safe-return-path.js';

/** A path that stays below the base path wherever a proxy removes it, decodes it or resolves it. */
function expectOwn(safe: string): void {
  const below = new URL(`/m${safe}`, 'https://mooring.example');
  expect(below.href).toMatch(/^https:\/\/mooring\.example\/m\//);
  expect(below.pathname).not.toMatch(/^\/m\/(m(\/|$)|\/|.*%(2f|5c))/i);
  expect(safeReturnPath(safe, '/m')).toBe(safe);
}

describe(safeReturnPath.name, () => {
  it.each(['/', '/profile', '/profile?tab=secret#copy', '/a/b'])('keeps %s, a path of this installation', (path) => {
    expect(safeReturnPath(path)).toBe(path);
  });

  it.each([undefined, '', ...NASTY_RETURN_PATHS])('never leads %j to another host', (path) => {
    const safe = safeReturnPath(path);
    const there = new URL(safe, 'https://mooring.example');
    expect([there.protocol, there.host]).toEqual(['https:', 'mooring.example']);
    expect(safe).toMatch(/^\/(?![/\\])[\x21-\x7e]*$/);
  });

  it.each([
    ['/m/profile?x=%2F#y', '/profile?x=%2F#y'],
    ['/profile', '/profile'],
    ['/m', '/'],
    ['/m?x', '/?x'],
    ['/mx/profile', '/mx/profile'],
    ['/m//evil.example', '/evil.example'],
    ['/m/../neighbour', '/neighbour'],
    ['/m/%2e%2e/neighbour', '/neighbour'],
    ['/m/..%2fneighbour', '/'],
    ['/m/..%5Cneighbour', '/'],
    ['/m/m/profile', '/'],
    ['/m//m/profile', '/'],
  ])('of %j below a base path is %j, without it', (wanted, path) => {
    expect(safeReturnPath(wanted, '/m')).toBe(path);
    expectOwn(path);
  });

  it('is told from more than sixty ways to try it', () => {
    expect(new Set(NASTY_RETURN_PATHS).size).toBeGreaterThan(60);
  });

  it('stays on this host, and says the same when it is asked again, whatever is wanted', () => {
    const pieces = fc.constantFrom(
      ...[
        '/',
        '\\',
        '//',
        '..',
        '.',
        '%2f',
        '%5c',
        '%2e',
        '\t',
        '/m',
        '/m/',
        '\n',
        '\r',
        '\u0000',
        ' ',
        '@',
        ':',
        '?',
        '#',
        'evil.example',
      ],
      ...['https:', 'javascript:', 'a', '[', ']', '|', '\u2028', '\u00ad', '／', '。', '\ud800'],
    );
    const texts = fc.oneof(
      fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join('')),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(texts, (wanted) => {
        for (const path of [wanted, `/${wanted}`]) {
          const safe = safeReturnPath(path);
          expect(new URL(safe, 'https://mooring.example').origin).toBe('https://mooring.example');
          expect(safe).toMatch(/^\/(?![/\\])[\x21-\x7e]*$/);
          expect(safeReturnPath(safe)).toBe(safe);
          expectOwn(safeReturnPath(path, '/m'));
        }
      }),
      { numRuns: 3000 },
    );
  });
});
