import { describe, expect, it } from '@jest/globals';
import { LocalCounts } from './local-counts.js';

const NOW = 1_000_000;
const counted = (failures: number, endsAt = NOW + 1) => ({ failures, credentials: '', endsAt });

describe(LocalCounts.name, () => {
  it('are spent at their limit, and begin anew when they have ended', () => {
    const known = new LocalCounts();
    known.learn('a', counted(5));
    expect([known.isSpent('a', 'x', 6, NOW), known.isSpent('a', 'x', 5, NOW)]).toEqual([false, true]);
    expect(known.isSpent('a', 'x', 5, NOW + 1)).toBe(false);
  });

  it('let no more be checked at once than are left, however many come together', () => {
    const known = new LocalCounts();
    known.learn('a', counted(3));
    const places = ['x', 'y'].map((credential) => known.reserve('a', credential));
    expect(known.isSpent('a', 'z', 5, NOW)).toBe(true);
    places[0]();
    expect(known.isSpent('a', 'z', 5, NOW)).toBe(false);
    places[1]();
    expect(known.isSpent('a', 'z', 4, NOW)).toBe(false);
  });

  it('hold one place for the same credential, however often it is being checked', () => {
    const known = new LocalCounts();
    const places = Array.from({ length: 6 }, () => known.reserve('a', 'x'));
    expect([known.isSpent('a', 'x', 1, NOW), known.isSpent('a', 'y', 2, NOW)]).toEqual([false, false]);
    for (const giveBack of places) {
      expect(known.isSpent('a', 'y', 1, NOW)).toBe(true);
      giveBack();
    }
    expect(known.isSpent('a', 'y', 1, NOW)).toBe(false);
  });

  it('are bounded: what was learned longest ago is forgotten', () => {
    const known = new LocalCounts();
    for (let number = 0; number <= 10_000; number++) known.learn(`a${number}`, counted(1));
    expect([known.of('a0', NOW).failures, known.of('a1', NOW).failures]).toEqual([0, 1]);
  });
});
