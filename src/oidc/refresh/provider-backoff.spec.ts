import { beforeEach, describe, expect, it } from '@jest/globals';
import { backoffAfter, ProviderBackoff } from './provider-backoff.js';

describe(backoffAfter, () => {
  it.each([
    [0, 0, 1_000],
    [500, 0, 1_000],
    [8_000, 0, 8_000],
    [600_000, 0, 30_000],
    [8_000, 1, 4_000],
    [600_000, 0.5, 22_500],
  ])('is, after %i ms of silence and at chance %d, %i ms', (silentForMs, chance, pauseMs) => {
    expect(backoffAfter(silentForMs, chance)).toBe(pauseMs);
  });
});

describe(ProviderBackoff, () => {
  const now = new Date('2026-01-01T12:00:00Z');
  const later = (ms: number) => new Date(now.getTime() + ms);
  let backoff: ProviderBackoff;
  beforeEach(() => {
    backoff = new ProviderBackoff();
  });

  it('leaves a provider alone that could not be reached, for a second at most', () => {
    backoff.noteSilence('lin', true, now);
    expect([backoff.isOver(later(499)), backoff.isOver(later(1_000))]).toEqual([false, true]);
  });

  it('leaves it alone after five different grants failed, but not after one that fails five times', () => {
    for (let time = 0; time < 5; time++) backoff.noteSilence('lin', false, now);
    expect(backoff.isOver(now)).toBe(true);
    for (const user of ['sam', 'kim', 'ada']) backoff.noteSilence(user, false, now);
    expect(backoff.isOver(now)).toBe(true);
    backoff.noteSilence('max', false, now);
    expect(backoff.isOver(now)).toBe(false);
  });

  it('waits longer the longer the silence lasts, and not at all after an answer', () => {
    backoff.noteSilence('lin', true, now);
    backoff.noteSilence('lin', true, later(60_000));
    expect([backoff.isOver(later(74_999)), backoff.isOver(later(90_000))]).toEqual([false, true]);
    backoff.noteAnswer();
    expect(backoff.isOver(later(60_000))).toBe(true);
    backoff.noteSilence('lin', true, later(61_000));
    expect(backoff.isOver(later(62_000))).toBe(true);
  });

  it('is not prolonged by a clock that is set back', () => {
    backoff.noteSilence('lin', true, now);
    expect(backoff.isOver(later(-3_600_000))).toBe(true);
  });
});
