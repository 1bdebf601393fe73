import { beforeEach, describe, expect, it } from '@jest/globals';
import { Fate, WaitingUsers } from './waiting-users.js';

const NOW = new Date('2026-01-01T12:00:00Z');
const later = (ms: number) => new Date(NOW.getTime() + ms);
const STATE = { version: 1, retryAt: later(1_000) };

describe(WaitingUsers, () => {
  let users: WaitingUsers;
  beforeEach(() => {
    users = new WaitingUsers();
  });
  const waits = (userId: string, fate: Fate = 'UNASKED', at = NOW) => {
    users.noteFate(userId, fate, STATE);
    users.noteUse(userId, at);
  };

  it('counts a user as waiting for thirty seconds after a use', () => {
    waits('lin');
    expect([users.isAnybody(later(30_000)), users.next(later(30_000))]).toEqual([true, 'lin']);
    expect([users.isAnybody(later(30_001)), users.next(later(30_001))]).toEqual([false, undefined]);
  });

  it('counts nobody as waiting who was not in use since the failure', () => {
    users.noteFailure('lin', 'ANSWERED', NOW);
    expect([users.isAnybody(NOW), users.next(later(2_000)), users.letThrough(later(2_000))]).toEqual([
      false,
      undefined,
      [],
    ]);
  });

  it.each([
    ['UNASKED', true],
    ['NOT_SENT', true],
    ['ANSWERED', true],
    ['LOST', false],
  ] as const)('knows for a request that is %s that its token may be sent again: %s', (fate, isSafe) => {
    waits('lin', fate);
    expect([users.next(NOW), users.letThrough(NOW)]).toEqual(isSafe ? ['lin', ['lin']] : [undefined, []]);
  });

  it('takes those tried least first, and leaves a failure alone for a second', () => {
    for (const userId of ['lin', 'sam', 'kim']) waits(userId);
    users.noteTry('lin', NOW);
    users.noteFailure('sam', 'NOT_SENT', NOW);
    expect(users.next(later(999))).toBe('kim');
    users.noteTry('kim', NOW);
    expect(users.next(later(1_000))).toBe('sam');
  });

  it('tries a user at every round at first, and then at growing pauses', () => {
    const triedAfter = (ms: number) => (waits('lin', 'ANSWERED', later(ms)), users.next(later(ms)) === 'lin');
    for (let tries = 1; tries < 15; tries++) users.noteTry('lin', NOW);
    expect(triedAfter(0)).toBe(true);
    users.noteTry('lin', NOW);
    expect([triedAfter(1_999), triedAfter(2_000)]).toEqual([false, true]);
    for (let tries = 0; tries < 20; tries++) users.noteTry('lin', NOW);
    expect([triedAfter(29_999), triedAfter(30_000)]).toEqual([false, true]);
  });

  it('lets everybody through once, and those who fail all the same not again for thirty seconds', () => {
    for (const userId of ['lin', 'sam']) waits(userId);
    expect(users.letThrough(NOW)).toEqual(['lin', 'sam']);
    for (const userId of ['lin', 'sam']) waits(userId, 'ANSWERED', later(29_999));
    expect(users.letThrough(later(29_999))).toEqual([]);
    expect(users.letThrough(later(30_000))).toEqual(['lin', 'sam']);
  });

  it('knows a fate only for the stored state that it belongs to', () => {
    users.noteFate('lin', 'NOT_SENT', STATE);
    expect(users.fateOf('lin', { ...STATE, retryAt: new Date(STATE.retryAt) })).toBe('NOT_SENT');
    expect(users.fateOf('lin', { ...STATE, version: 2 })).toBeUndefined();
    expect(users.fateOf('lin', { ...STATE, retryAt: later(7) })).toBeUndefined();
    expect(users.fateOf('lin', { ...STATE, retryAt: null })).toBeUndefined();
    users.noteFailure('lin', 'NOT_SENT', NOW);
    expect(users.fateOf('lin', STATE)).toBeUndefined();
  });

  it('remembers five thousand users, and forgets one that the provider has answered for', () => {
    for (let user = 0; user <= 5_000; user++) waits(`user-${user}`);
    expect([users.has('user-0'), users.has('user-1')]).toEqual([false, true]);
    users.forget('user-1');
    expect(users.next(NOW)).toBe('user-2');
  });
});
