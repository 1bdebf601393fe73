import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ServiceUnavailable } from '../src/common/errors/common.errors.js';
import { SessionNotes, SessionsService } from '../src/sessions/index.js';
import { Browser, Page } from './support/browser.js';
import { START_TEST_LOGIN } from './support/documents.js';
import { HOSTILE_CLIENT_SECRET } from './support/hostile-provider.js';
import { HostileScenario } from './support/hostile-scenario.js';

const isOurs = ({ pathname }: URL) => pathname === '/c/oidc/callback';
const denied = (back: URLSearchParams) => {
  back.delete('code');
  back.set('error', 'access_denied');
};
/** Where the page of an error offers to try the same again. */
const againIn = ({ text }: Page) => /<a href="([^"]*)">Try again<\/a>/.exec(text)?.[1] ?? null;

describe('The page of an error', () => {
  let scenario: HostileScenario;
  let origin: string;
  beforeAll(async () => {
    scenario = await HostileScenario.open();
    origin = scenario.app.url;
  });
  afterEach(() => void jest.restoreAllMocks());
  afterAll(() => scenario.close());

  describe('of a test login', () => {
    const failure = new ServiceUnavailable({ detail: 'a busy database', cause: null });

    const sentBack = async () => {
      const { app, provider } = scenario;
      const admin = await app.loggedIn('admin', app.adminPassword);
      const endpoint = provider.issuer('tested').url;
      const oidc = { endpoint, clientId: 'mooring', clientSecret: HOSTILE_CLIENT_SECRET };
      const { data } = await app.ask(admin, START_TEST_LOGIN, { input: { oidc } });
      return { admin, answer: (await admin.open(data.startTestLogin.url, {}, isOurs)).url };
    };
    const expectNoLogin = (page: Page) => {
      expect([page.status, againIn(page)]).toEqual([503, null]);
      expect(page.text).toContain('<h1>Test login failed</h1>');
    };

    it('offers no real login where the session of the administrator can not be read', async () => {
      const { admin, answer } = await sentBack();
      jest.spyOn(scenario.app.nest.get(SessionsService, { strict: false }), 'present').mockRejectedValue(failure);
      expectNoLogin(await admin.fetch(answer));
    });

    it('offers none where its result can not be kept', async () => {
      const { admin, answer } = await sentBack();
      jest.spyOn(scenario.app.nest.get(SessionNotes, { strict: false }), 'replace').mockRejectedValue(failure);
      expectNoLogin(await admin.fetch(answer));
    });

    it('offers none to a browser that did not begin it', async () => {
      const { answer } = await sentBack();
      const page = await new Browser().fetch(answer);
      expect([page.status, againIn(page)]).toEqual([403, null]);
      expect(page.text).toContain('<h1>Test login failed</h1>');
    });
  });

  describe('of a login', () => {
    const refusedWith = async (wanted?: string) => {
      const browser = new Browser();
      const query = wanted === undefined ? '' : `?${new URLSearchParams({ redirect_url: wanted })}`;
      return { browser, page: await browser.open(`${origin}/c/oidc/login${query}`) };
    };

    beforeEach(() => scenario.issuer('denies', { callback: denied }));

    it('offers another one, which leads where the first was to lead', async () => {
      const { page } = await refusedWith('/administration/users?search=lin&page=2');
      expect(page.status).toBe(403);
      const again = new URL(againIn(page)!, origin);
      expect(again.pathname).toBe('/c/oidc/login');
      expect(again.searchParams.get('redirect_url')).toBe('/administration/users?search=lin&page=2');
    });

    it('says no page where none was wanted, or the wanted one is not ours', async () => {
      for (const wanted of [
        undefined,
        '/',
        'https://evil.example/',
        '//evil.example',
        '/\\evil.example',
        '/\t/evil.example',
      ]) {
        const { page } = await refusedWith(wanted);
        expect([wanted, againIn(page)]).toEqual([wanted, '/c/oidc/login']);
      }
    });

    it('keeps the page where the login could not even begin', async () => {
      const { app } = scenario;
      const query = (wanted: string) => new URLSearchParams({ redirect_url: wanted });
      await scenario.issuer('gone', { document: () => ({}) });
      const at = async (wanted: string) =>
        againIn(await new Browser().fetch(`${app.url}/c/oidc/login?${query(wanted)}`));
      expect(await at('/profile')).toBe('/c/oidc/login?redirect_url=%2Fprofile');
      expect(await at('//evil.example/profile')).toBe('/c/oidc/login');
    });

    it('takes no page from the answer of the provider, nor from a login of another browser', async () => {
      const link = `${origin}/c/oidc/callback?error=access_denied&redirect_url=%2Fprofile&state=${'a'.repeat(32)}`;
      expect(againIn(await new Browser().fetch(link))).toBe('/c/oidc/login');
    });
  });
});
