import { describe, expect, it } from '@jest/globals';
import { SecretText } from '../../common/crypto/secret-text.js';
import { changesBetween, changesIn, storedChanges } from './audit-changes.js';

describe(changesBetween, () => {
  it('tells what differs, and nothing else', () => {
    const before = { name: 'a', same: 1, groups: ['x'], gone: new Date(0), isOn: false };
    const after = { name: 'b', same: 1, groups: ['x', 'y'], gone: null, isOn: true };
    expect(changesBetween(before, after)).toEqual([
      { field: 'name', before: 'a', after: 'b' },
      { field: 'groups', before: '["x"]', after: '["x","y"]' },
      { field: 'gone', before: '1970-01-01T00:00:00.000Z', after: null },
      { field: 'isOn', before: 'false', after: 'true' },
    ]);
  });

  it.each([
    ['one that was set', null, 'x', ['not set', 'set']],
    ['one that was changed', 'x', 'y', ['set', 'changed']],
    ['one that was removed', 'x', null, ['set', 'not set']],
  ])('tells of a secret only that, for %s', (_what, from, to, [before, after]) => {
    const secret = (text: string | null) => ({ secret: text === null ? null : new SecretText(text) });
    expect(changesBetween(secret(from), secret(to))).toEqual([{ field: 'secret', before, after }]);
  });

  it('says nothing of a secret that stays', () => {
    expect(changesBetween({ secret: new SecretText('x') }, { secret: new SecretText('x') })).toEqual([]);
  });
});

describe(storedChanges, () => {
  it('stores nothing where nothing changed', () => {
    expect(storedChanges([])).toBeNull();
    expect(changesIn(null)).toEqual([]);
  });

  it('cuts long values between characters', () => {
    const stored = storedChanges([{ field: 'a', before: '😀'.repeat(400), after: 'b'.repeat(300) }]);
    expect(changesIn(stored)).toEqual([{ field: 'a', before: `${'😀'.repeat(149)}…`, after: 'b'.repeat(300) }]);
  });

  it('counts the changes that find no room', () => {
    const many = Array.from({ length: 500 }, (_, index) => ({
      field: `f${index}`,
      before: '\u0000'.repeat(300),
      after: null,
    }));
    const stored = storedChanges(many);
    expect(stored?.length).toBeLessThan(16_000);
    expect(changesIn(stored).at(-1)).toEqual({ field: '492 more', before: null, after: null });
  });
});
