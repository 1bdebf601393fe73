import { describe, expect, it } from '@jest/globals';
import { LocalCounts } from './local-counts.js';

const NOW = 1_000_000;
const counted = (failures: number, endsAt = NOW + 1) => ({ failures, credentials: '', endsAt });

describe(LocalCounts.name, () => {
  it('are spent at their limit, and begin anew when they have ended', () => {
    const counts = new LocalCounts();
    counts.update('a', counted(5));
    expect([counts.isSpent('a', 'x', 6, NOW), counts.isSpent('a', 'x', 5, NOW)]).toEqual([false, true]);
    expect(counts.isSpent('a', 'x', 5, NOW + 1)).toBe(false);
  });

  it('let no more be checked at once than are left, however many come together', () => {
    const counts = new LocalCounts();
    counts.update('a', counted(3));
    const [releaseOne, releaseOther] = [counts.reserve('a', 'x'), counts.reserve('a', 'y')];
    expect(counts.isSpent('a', 'z', 5, NOW)).toBe(true);
    releaseOne();
    expect(counts.isSpent('a', 'z', 5, NOW)).toBe(false);
    releaseOther();
    expect(counts.isSpent('a', 'z', 4, NOW)).toBe(false);
  });

  it('hold one slot for the same credential, however often it is being checked', () => {
    const counts = new LocalCounts();
    const releases = Array.from({ length: 6 }, () => counts.reserve('a', 'x'));
    expect([counts.isSpent('a', 'x', 1, NOW), counts.isSpent('a', 'y', 2, NOW)]).toEqual([false, false]);
    for (const release of releases) {
      expect(counts.isSpent('a', 'y', 1, NOW)).toBe(true);
      release();
    }
    expect(counts.isSpent('a', 'y', 1, NOW)).toBe(false);
  });

  it('are bounded: the least recently updated one is evicted', () => {
    const counts = new LocalCounts();
    for (let number = 0; number <= 10_000; number++) counts.update(`a${number}`, counted(1));
    expect([counts.of('a0', NOW).failures, counts.of('a1', NOW).failures]).toEqual([0, 1]);
  });
});
