import { describe, expect, it } from '@jest/globals';
import { grantDeadlinesOf } from './grant-status.js';

const VERIFIED = new Date('2026-01-01T12:00:00Z');
const after = (minutes: number) => new Date(VERIFIED.getTime() + minutes * 60_000);

describe(grantDeadlinesOf, () => {
  it.each([
    ['the expiry of the token', { recheckMinutes: 0, outageGraceMinutes: 0 }, [60, 60, 48]],
    ['the grace after it', { recheckMinutes: 0, outageGraceMinutes: 30 }, [60, 90, 48]],
    ['a recheck that comes sooner', { recheckMinutes: 10, outageGraceMinutes: 30 }, [10, 40, 8]],
    ['no recheck that comes later', { recheckMinutes: 90, outageGraceMinutes: 0 }, [60, 60, 48]],
  ])('follows %s', (_what, settings, [expires, grace, early]) => {
    expect(grantDeadlinesOf(after(60), VERIFIED, settings)).toEqual({
      expiresAt: after(expires ?? NaN),
      graceUntil: after(grace ?? NaN),
      earlyFrom: after(early ?? NaN),
    });
  });

  it('has no early part where it is not known when the token was verified', () => {
    const deadlines = grantDeadlinesOf(after(60), null, { recheckMinutes: 0, outageGraceMinutes: 0 });
    expect(deadlines.earlyFrom).toEqual(after(60));
  });

  it('has no early part where the token had expired before it was verified', () => {
    const deadlines = grantDeadlinesOf(after(-5), VERIFIED, { recheckMinutes: 10, outageGraceMinutes: 0 });
    expect(deadlines).toEqual({ expiresAt: after(-5), graceUntil: after(-5), earlyFrom: after(-5) });
  });
});
