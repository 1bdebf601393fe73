import { beforeEach, describe, expect, it } from '@jest/globals';
import { FakeClock } from '../../../test/support/fake-clock.js';
import type { ProviderGrant } from '../../grants/index.js';
import type { CurrentProvider } from '../index.js';
import { ProviderSilence } from './provider-silence.service.js';
import { RecoveryCanary } from './recovery-canary.service.js';
import type { RefreshCoordinator } from './refresh-coordinator.service.js';

describe(RecoveryCanary, () => {
  let silence: ProviderSilence;
  let canary: RecoveryCanary;
  let tried: string[];
  const needless = new Set(['ada', 'kim']);
  beforeEach(() => {
    tried = [];
    silence = new ProviderSilence(new FakeClock());
    const refreshAsCanary = (userId: string) => {
      tried.push(userId);
      return Promise.resolve(!needless.has(userId));
    };
    const provider = { forgetFailure: () => undefined, answers: () => Promise.resolve(true) };
    canary = new RecoveryCanary(
      silence,
      { refreshAsCanary } as unknown as RefreshCoordinator,
      provider as unknown as CurrentProvider,
    );
  });
  const waits = (userId: string) => {
    silence.noteNotAsked({ userId, version: 1, retryAt: null, unclearFromMs: null, failure: null } as ProviderGrant);
    silence.noteUse(userId);
  };

  it.each([
    ['while the provider was not asked', () => undefined],
    ['while the provider hangs, and answers with its keys', () => silence.noteLostCanary('nobody')],
  ])('passes over users whom another replica has refreshed, in the same round, %s', async (_when, begin) => {
    for (const userId of ['ada', 'kim', 'lin', 'sam']) waits(userId);
    begin();
    await canary.ask();
    expect(tried).toEqual(['ada', 'kim', 'lin']);
    canary.beforeApplicationShutdown();
  });

  it('who asks while a round is under way waits for the end of that round, and begins none', async () => {
    waits('lin');
    let isFirstOver = false;
    void canary.ask().then(() => (isFirstOver = true));
    await canary.ask();
    expect(isFirstOver).toBe(true);
    expect(tried).toEqual(['lin']);
    canary.beforeApplicationShutdown();
  });

  it('stops when nobody who waited needs a refresh', async () => {
    for (const userId of needless) waits(userId);
    await canary.ask();
    expect([tried, silence.isAnybodyWaiting()]).toEqual([['ada', 'kim'], false]);
    canary.beforeApplicationShutdown();
  });
});
