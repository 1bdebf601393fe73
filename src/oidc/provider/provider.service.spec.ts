import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { callback, checks, SmallProvider } from '../../../test/support/small-provider.js';
import { Clock } from '../../common/clock.js';
import { ProviderClient } from './provider-client.js';
import { ProviderUnavailable } from './provider.errors.js';
import { ProviderService } from './provider.service.js';

describe(ProviderService, () => {
  let provider: SmallProvider;
  beforeEach(async () => {
    provider = new SmallProvider();
    await provider.start();
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await provider.stop();
  });

  const discovery = '/.well-known/openid-configuration';

  it('shares one discovery among all who ask, and keeps the client for ten minutes', async () => {
    const clock = new Clock();
    const service = new ProviderService(clock);
    const [one, two] = await Promise.all([
      service.clientFor(provider.settings(), 1),
      service.clientFor(provider.settings(), 1),
    ]);
    expect(one).toBe(two);
    expect(provider.timesAsked(discovery)).toBe(1);
    const later = clock.secondsFromNow(601);
    jest.spyOn(clock, 'now').mockImplementation(() => later);
    expect(await service.clientFor(provider.settings(), 1)).not.toBe(one);
    await service.onApplicationShutdown();
  });

  it('opens a new client for a new revision without breaking what runs on the old one', async () => {
    const service = new ProviderService(new Clock());
    const old = await service.clientFor(provider.settings(), 1);
    let answer = (_token: string) => undefined as void;
    let arrived = () => undefined as void;
    const started = new Promise<void>((done) => (arrived = done));
    provider.issues(() => new Promise<string>((done) => ((answer = done), arrived())));
    const running = old.exchange(callback(), checks);
    await started;
    expect((await service.clientFor(provider.settings({ scopes: ['openid'] }), 2)).scopes).toEqual(['openid']);
    answer(await provider.idToken());
    expect((await running).profile.subject).toBe('lin-1');
    await service.onApplicationShutdown();
  });

  it('does not keep a failure', async () => {
    const service = new ProviderService(new Clock());
    const healthy = provider.answers.get(discovery)!;
    provider.answers.set(discovery, () => ({ status: 503, body: {} }));
    await expect(service.clientFor(provider.settings(), 1)).rejects.toThrow(ProviderUnavailable);
    provider.answers.set(discovery, healthy);
    await expect(service.clientFor(provider.settings(), 1)).resolves.toBeInstanceOf(ProviderClient);
    await service.onApplicationShutdown();
  });
});
