import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Browser } from './support/browser.js';
import { HostileScenario, NOT_BEGUN, UNUSABLE } from './support/hostile-scenario.js';

const PUBLISHED = { authorization_response_iss_parameter_supported: true };

describe('The way back from the provider', () => {
  let scenario: HostileScenario;
  beforeAll(async () => (scenario = await HostileScenario.open()));
  afterAll(() => scenario.close());

  it('names the provider, where that says so (RFC 9207)', async () => {
    const document = (honest: object) => ({ ...honest, ...PUBLISHED });
    const issuer = await scenario.issuer('iss-right', {
      document,
      callback: (back) => back.set('iss', `${scenario.provider.origin}/iss-right`),
    });
    await scenario.loggedIn(issuer);
    const left = await scenario.refuses('iss-left-out', { document });
    const doubled = await scenario.refuses('iss-doubled', {
      document,
      callback: (back) => ['a', `${scenario.provider.origin}/iss-doubled`].map((iss) => void back.append('iss', iss)),
    });
    expect([left.timesAsked('token'), doubled.timesAsked('token')]).toEqual([0, 0]);
  });

  it('never names another one, published or not (RFC 9207)', async () => {
    for (const published of [{}, PUBLISHED]) {
      const issuer = await scenario.refuses('iss-wrong', {
        document: (honest) => ({ ...honest, ...published }),
        callback: (back) => back.set('iss', 'https://other.example.com'),
      });
      expect(issuer.timesAsked('token')).toBe(0);
    }
  });

  it('is refused in a browser in which it did not begin, and the code is not used', async () => {
    const issuer = await scenario.issuer('another-browser');
    const url = await scenario.callbackOf(new Browser());
    await scenario.comesToNothing((browser) => browser.fetch(url), NOT_BEGUN);
    expect(issuer.timesAsked('token')).toBe(0);
  });

  it('is gone once: a second time with the same code logs nobody in', async () => {
    const issuer = await scenario.issuer('code-replay');
    const browser = new Browser();
    const url = await scenario.callbackOf(browser);
    const thief = browser.copy();
    expect((await browser.fetch(url)).status).toBe(302);
    expect(await scenario.me(browser)).not.toBeNull();
    await scenario.comesToNothing(() => thief.fetch(url), NOT_BEGUN);
    expect([await scenario.me(thief), issuer.timesAsked('token')]).toEqual([null, 1]);
  });

  it('lets in one of two who come at once with one code', async () => {
    const issuer = await scenario.issuer('two-at-once');
    for (let round = 0; round < 10; round++) {
      const browser = new Browser();
      const url = await scenario.callbackOf(browser);
      const pages = await Promise.all([browser.copy().fetch(url), browser.copy().fetch(url)]);
      expect(pages.map(({ status }) => status).sort()).toEqual([302, 403]);
      expect(issuer.timesAsked('token')).toBe(round + 1);
    }
  });

  it.each([false, true])(
    'is refused with a code of another login, PKCE ignored by the provider: %s',
    async (ignores) => {
      const issuer = await scenario.issuer(`code-injection-${ignores}`, { ignoresPkce: ignores });
      const stolen = (await scenario.callbackOf(new Browser())).searchParams.get('code')!;
      await scenario.comesToNothing(async (browser) => {
        const url = await scenario.callbackOf(browser);
        url.searchParams.set('code', stolen);
        return browser.fetch(url);
      }, UNUSABLE);
      expect(issuer.timesAsked('token')).toBe(1);
    },
  );

  it.each([
    ['no code', (back: URLSearchParams) => back.delete('code')],
    ['an empty code', (back: URLSearchParams) => back.set('code', '')],
    ['two codes', (back: URLSearchParams) => back.append('code', 'another')],
    ['a code and an error', (back: URLSearchParams) => back.set('error', 'invalid_request')],
    ['an ID token beside the code', (back: URLSearchParams) => back.set('response', 'a.b.c')],
  ])('is refused with %s', async (_what, callback) => {
    await scenario.refuses('odd-callback', { callback });
  });
});
