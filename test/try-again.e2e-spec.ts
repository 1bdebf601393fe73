import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ServiceUnavailable } from '../src/common/errors/common.errors.js';
import { SessionNotes, SessionsService } from '../src/sessions/index.js';
import { Browser, Page } from './support/browser.js';
import { START_TEST_LOGIN } from './support/documents.js';
import { HOSTILE_CLIENT_SECRET } from './support/hostile-provider.js';
import { HostileScenario } from './support/hostile-scenario.js';

const isOurs = ({ pathname }: URL) => pathname === '/c/oidc/callback';
/** Where the page of an error offers to try the same again. */
const againIn = ({ text }: Page) => /<a href="([^"]*)">Try again<\/a>/.exec(text)?.[1] ?? null;

describe('The page of an error', () => {
  let scenario: HostileScenario;
  beforeAll(async () => {
    scenario = await HostileScenario.open();
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
});
