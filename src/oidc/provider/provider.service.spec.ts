import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { callback, checks, SmallProvider } from '../../../test/support/small-provider.js';
import { Clock } from '../../common/runtime/clock.js';
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

  it('reads the document again at the first login after a refused request, at most once a minute', async () => {
    const [clock, began] = [new Clock(), Date.now()];
    let ahead = 0;
    jest.spyOn(clock, 'now').mockImplementation(() => new Date(began + ahead));
    const service = new ProviderService(clock);
    const loginAfter = async (milliseconds: number, error: string) => {
      ahead += milliseconds;
      const client = await service.clientFor(provider.settings(), 1);
      const refused = new URL(callback());
      refused.searchParams.delete('code');
      refused.searchParams.set('error', error);
      await expect(client.exchange(refused, checks)).rejects.toMatchObject({ name: expect.any(String) });
      await service.clientFor(provider.settings(), 1);
      return provider.timesAsked(discovery);
    };
    expect(await loginAfter(0, 'invalid_request')).toBe(1);
    expect(await loginAfter(59_999, 'invalid_request')).toBe(1);
    expect(await loginAfter(1, 'access_denied')).toBe(1);
    expect(await loginAfter(0, 'invalid_request')).toBe(2);
    expect(await loginAfter(0, 'invalid_request')).toBe(2);
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

  describe('while discovery fails', () => {
    const unavailable = () => ({ status: 503, body: {} });
    const began = Date.now();
    let ahead: number;
    let service: ProviderService;
    beforeEach(() => {
      ahead = 0;
      const clock = new Clock();
      jest.spyOn(clock, 'now').mockImplementation(() => new Date(began + ahead));
      jest.spyOn(Math, 'random').mockReturnValue(0);
      service = new ProviderService(clock);
      provider.answers.set(discovery, unavailable);
    });
    const ask = (revision = 1) => service.clientFor(provider.settings(), revision);
    const refused = () => expect(ask()).rejects.toThrow(ProviderUnavailable);
    const isAsked = async () => {
      const before = provider.timesAsked(discovery);
      await refused();
      return provider.timesAsked(discovery) > before;
    };

    it('asks once, and tells everybody for a moment what it has failed with', async () => {
      for (let times = 0; times < 50; times++) await refused();
      expect(provider.timesAsked(discovery)).toBe(1);
    });

    it('asks again after a second, then after twice as long, and never later than after eight seconds', async () => {
      await refused();
      for (const seconds of [1, 2, 4, 8, 8, 8]) {
        ahead += seconds * 1000 - 1;
        expect([seconds, await isAsked()]).toEqual([seconds, false]);
        ahead += 1;
        expect([seconds, await isAsked()]).toEqual([seconds, true]);
      }
    });

    it('asks sooner by chance, up to a half, so that replicas do not come back together', async () => {
      jest.spyOn(Math, 'random').mockReturnValue(0.999);
      await refused();
      ahead += 501;
      expect(await isAsked()).toBe(true);
    });

    it('asks at once for other settings, and where the clock was set back', async () => {
      const healthy = () => ({ body: provider.document() });
      await refused();
      ahead -= 60_000;
      expect(await isAsked()).toBe(true);
      provider.answers.set(discovery, healthy);
      await expect(ask(2)).resolves.toBeInstanceOf(ProviderClient);
      await service.onApplicationShutdown();
    });

    it('begins anew with a second once the provider has answered', async () => {
      for (const seconds of [0, 1, 2]) {
        ahead += seconds * 1000;
        await refused();
      }
      provider.answers.set(discovery, () => ({ body: provider.document() }));
      ahead += 4000;
      await expect(ask()).resolves.toBeInstanceOf(ProviderClient);
      provider.answers.set(discovery, unavailable);
      ahead += 600_001;
      await refused();
      ahead += 1000;
      expect(await isAsked()).toBe(true);
      await service.onApplicationShutdown();
    });
  });
});
