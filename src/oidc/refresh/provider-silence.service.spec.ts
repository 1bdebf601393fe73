import { beforeEach, describe, expect, it } from '@jest/globals';
import { FakeClock } from '../../../test/support/fake-clock.js';
import type { ProviderGrant } from '../../grants/index.js';
import { ProviderSilence } from './provider-silence.service.js';

describe(ProviderSilence, () => {
  let clock: FakeClock;
  let silence: ProviderSilence;
  let through: string[];
  let waits: number;
  beforeEach(() => {
    clock = new FakeClock();
    silence = new ProviderSilence(clock);
    [through, waits] = [[], 0];
    silence.listen({ waits: () => void waits++, letThrough: (userIds) => void through.push(...userIds) });
  });
  const grantOf = (userId: string, changes: Partial<ProviderGrant> = {}) =>
    ({
      userId,
      version: 1,
      retryAt: null,
      unclearFromMs: null,
      failure: null,
      errorAnswers: 0,
      ...changes,
    }) as ProviderGrant;
  const waitsUnasked = (userId: string) => {
    silence.noteNotAsked(grantOf(userId));
    silence.noteUse(userId);
  };

  it('ends with any answer, and everybody whose token is safe may be refreshed once', () => {
    silence.noteSilence(grantOf('lin'), true, 'NOT_SENT');
    silence.noteUse('lin');
    silence.noteSilence(grantOf('lost'), false, 'LOST');
    silence.noteUse('lost');
    for (const userId of ['sam', 'kim']) waitsUnasked(userId);
    expect([silence.mayAsk(), silence.isRush(), silence.isHanging(), waits]).toEqual([false, true, true, 4]);
    silence.noteAnswer('kim');
    expect(through).toEqual(['lin', 'sam']);
    expect([silence.mayAsk(), silence.isHanging()]).toEqual([true, false]);
    expect([silence.takePass('lin'), silence.takePass('lin'), silence.takePass('lost')]).toEqual([true, false, false]);
  });

  it('is a rush for thirty seconds after its end, and while anybody has a pass', () => {
    silence.noteSilence(grantOf('lin'), true, 'NOT_SENT');
    waitsUnasked('sam');
    silence.noteAnswer('lin');
    clock.advance(31);
    expect(silence.isRush()).toBe(true);
    silence.dropPasses();
    expect(silence.isRush()).toBe(false);
  });

  it('is not ended by an answer about somebody else, while only a few grants fail', () => {
    silence.noteSilence(grantOf('lin'), false, 'ANSWERED');
    silence.noteUse('lin');
    silence.noteAnswer('sam');
    expect([through, silence.isRush()]).toEqual([[], false]);
    waitsUnasked('kim');
    silence.noteAnswer('lin');
    expect(through).toEqual(['kim']);
  });

  it.each([
    ['a grant that is answered unclearly', { unclearFromMs: '0' }],
    ['a grant whose client is rejected', { failure: 'CLIENT_REJECTED', retryAt: new Date() } as const],
  ])('leaves the pauses of %s alone', (_what, changes) => {
    silence.noteNotAsked(grantOf('lin', changes));
    silence.noteUse('lin');
    expect([waits, silence.isAnybodyWaiting(), silence.maySend(grantOf('lin', changes))]).toEqual([0, false, false]);
  });

  it.each([
    ['was not asked', {}, true],
    ['was answered with an error', { retryAt: new Date(), errorAnswers: 1 }, true],
    ['failed at another replica, which may have sent the token', { retryAt: new Date() }, false],
  ])('knows whether the token of a grant that %s may be sent', (_what, changes, maySend) => {
    expect(silence.maySend(grantOf('lin', changes))).toBe(maySend);
  });

  it('takes a token that certainly did not leave here for safe, until another replica has tried it', () => {
    const retryAt = clock.now();
    silence.noteSilence(grantOf('lin'), true, 'NOT_SENT');
    silence.noteStored(grantOf('lin'), 'NOT_SENT', retryAt);
    expect(silence.maySend(grantOf('lin', { retryAt }))).toBe(true);
    expect(silence.maySend(grantOf('lin', { retryAt: new Date(retryAt.getTime() + 5) }))).toBe(false);
  });

  it('lets fewer canaries through once ten in a row were lost', () => {
    for (let user = 0; user < 11; user++) waitsUnasked(`user-${user}`);
    for (let round = 0; round < 10; round++) {
      const userId = silence.nextSafe()!;
      silence.noteCanary(userId);
      silence.noteLostCanary(userId);
    }
    expect(silence.nextSafe()).toBeUndefined();
    clock.advance(5);
    expect(silence.nextSafe()).toBe('user-10');
  });
});
