import { beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { LimitedAttempt } from './limited-attempt.js';

const LIMIT_MS = 20;

describe(LimitedAttempt, () => {
  let begun: { readonly end: () => void; readonly fail: () => void }[];
  let attempt: LimitedAttempt;
  beforeEach(() => {
    begun = [];
    const begin = () =>
      new Promise<void>((resolve, reject) => {
        begun.push({ end: resolve, fail: () => reject(new Error('no answer')) });
      });
    attempt = new LimitedAttempt(begin, LIMIT_MS);
  });

  it('is made once for all who ask while it is under way, and again for who asks later', async () => {
    const asked = Array.from({ length: 100 }, () => attempt.succeeds());
    expect(begun).toHaveLength(1);
    begun[0]!.end();
    expect(new Set(await Promise.all(asked))).toEqual(new Set([true]));
    const later = attempt.succeeds();
    expect(begun).toHaveLength(2);
    begun[1]!.fail();
    expect(await later).toBe(false);
  });

  it('counts as failed when it is late, and few are under way however many ask', async () => {
    for (let asked = 0; asked < 10; asked++) expect(await attempt.succeeds()).toBe(false);
    expect(begun).toHaveLength(3);
  });

  it('succeeds again as soon as one that was late has ended', async () => {
    for (let asked = 0; asked < 4; asked++) expect(await attempt.succeeds()).toBe(false);
    begun[0]!.end();
    await pause(0);
    const again = attempt.succeeds();
    expect(begun).toHaveLength(4);
    begun[3]!.end();
    expect(await again).toBe(true);
  });
});
