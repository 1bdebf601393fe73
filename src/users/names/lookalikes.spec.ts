import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fold } from '../../common/text/case-folding.js';
import { looksLikeAdmin, skeletonOf } from './lookalikes.js';
import { problemOfForm, UsernameProblem } from './username.js';

const ASCII = fc.string({ unit: 'grapheme-ascii', maxLength: 40 });

describe(skeletonOf, () => {
  it.each([
    ['a dot above what has one', 'li\u0307n', 'lin'],
    ['a dotless i', 'l\u0131n', 'lin'],
    ['small capitals', '\u029f\u026a\u0274', 'lin'],
    ['a capital I with a dot', 'L\u0130N', 'lin'],
    ['Cyrillic', '\u0440\u0430\u0443\u0440\u0430\u04cf', 'paypal'],
    ['Greek', '\u03bd\u03bf\u03bd\u03bf', 'vovo'],
    ['a stroke', 'l\u0268n', 'lin'],
  ])('sees through %s', (_what, name, seen) => {
    expect(skeletonOf(name)).toBe(seen);
  });

  it.each(['jos\u00e9', 'zo\u00eb', '\u043b\u0438\u043d', '\u6f22\u5b57', '\ud55c\uae00'])(
    'leaves %s as it is',
    (name) => {
      expect(skeletonOf(name)).toBe(name);
    },
  );

  it.each(['s\u00f8ren', '\u0111or\u0111e', '\u0142ukasz', '\u00fe\u00f3r', '\u0127al', '\u0257an'])(
    'leaves %s as it is, whose letter is one of an alphabet and not an ornament',
    (name) => {
      expect(skeletonOf(name)).toBe(name);
    },
  );

  it('leaves every name of ASCII as it is folded, so that none of them is taken for another', () => {
    fc.assert(fc.property(ASCII, (name) => expect(skeletonOf(name)).toBe(fold(name))));
  });
});

describe(looksLikeAdmin, () => {
  it.each([
    'admi\u0307n',
    'admi\u0323n',
    'adm\u0131n',
    '\u1d00\u1d05\u1d0d\u026a\u0274',
    'ADM\u0130N',
    '\u00e1dmin',
    'adrnin',
    '\u0251dmin',
    'a\u0111min',
    'a\u0257mi\u014b',
  ])('is said of %j, which is refused with that reason', (name) => {
    expect(looksLikeAdmin(name)).toBe(true);
    expect(problemOfForm(name)).toBe(UsernameProblem.LOOKALIKE);
  });

  it.each(['admin', 'ADMIN', '\uff41dmin', 'admins', 'badmin', 'adm1n', 'lin'])('is not said of %j', (name) => {
    expect(looksLikeAdmin(name)).toBe(false);
    expect(problemOfForm(name)).toBeUndefined();
  });
});
