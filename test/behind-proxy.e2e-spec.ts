import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TestApp } from './support/app.js';
import { Browser } from './support/browser.js';
import { CLI_SECRET, CONFIGURATION, CREATE_TOKEN, ME, TEST_PROVIDER, VERIFY } from './support/documents.js';
import { Behaviour, ForwardProxy } from './support/forward-proxy.js';
import { HOSTILE_CLIENT_SECRET, HostileIssuer, HostileProvider } from './support/hostile-provider.js';

const USER = 'proxy-user';
const PASSWORD = 'pr0xy:päss/wörd@';
const SECRETS = [PASSWORD, encodeURIComponent(PASSWORD), Buffer.from(`${USER}:${PASSWORD}`).toString('base64'), USER];

describe('An installation whose provider is behind a forward proxy', () => {
  let proxy: ForwardProxy;
  let provider: HostileProvider;
  let issuer: HostileIssuer;
  let app: TestApp;
  beforeEach(async () => {
    proxy = await ForwardProxy.start();
    proxy.credentials = `${USER}:${PASSWORD}`;
    const variable = proxy.url.replace('//', `//${USER}:${encodeURIComponent(PASSWORD)}@`);
    app = await TestApp.start({ HTTP_PROXY: variable, LOG_LEVEL: 'trace' });
    provider = await HostileProvider.start(() => app.clock.now());
    issuer = provider.issuer('lin');
    const client = { endpoint: issuer.url, clientId: 'mooring', clientSecret: HOSTILE_CLIENT_SECRET };
    const usual = { scope: 'openid,profile', autoOnboard: true, logout: true };
    expect((await app.configure({ authMode: 'OIDC', oidc: { ...client, ...usual } })).code).toBeUndefined();
  });
  afterEach(async () => {
    await app.stop();
    await provider.close();
    await proxy.stop();
  });

  const loggedIn = async (): Promise<Browser> => {
    const browser = new Browser();
    await browser.open(`${app.url}/c/oidc/login?redirect_url=/profile`, {}, ({ pathname }) => pathname === '/profile');
    expect((await app.ask(browser, ME)).data.me.username).toBe('lin');
    return browser;
  };
  const tellsNoSecret = (...texts: unknown[]) => {
    for (const secret of SECRETS) expect(JSON.stringify([app.log, texts])).not.toContain(secret);
  };

  it('asks it through the proxy only, and tells the credentials to nobody', async () => {
    const browser = await loggedIn();
    const authority = new URL(issuer.url).host;
    expect([...new Set(proxy.asked)]).toEqual([authority]);
    const { report } = (await app.ask(app.admin, TEST_PROVIDER, { input: {} })).data.testOidcProvider;
    expect(report.checks[0]).toMatchObject({ status: 'PASSED', detail: expect.stringContaining(`proxy ${proxy.url}`) });
    const configuration = await app.ask(app.admin, CONFIGURATION);
    tellsNoSecret(report, configuration.data, (await app.ask(browser, ME)).data, issuer.asked);
  });

  it.each<[Behaviour | 'OTHER_PASSWORD', string, string]>([
    ['OTHER_PASSWORD', 'wants other credentials (HTTP 407)', 'HTTP_PROXY'],
    [403, 'does not connect to the provider (HTTP 403)', 'NO_PROXY'],
    [502, 'does not connect to the provider (HTTP 502)', 'NO_PROXY'],
    ['HANGS_UP', "can't be used (ECONNRESET)", 'HTTP_PROXY'],
  ])(
    'keeps every secret while the proxy does %s, and Test says that it is the proxy',
    async (behaviour, said, remedy) => {
      const browser = await loggedIn();
      const { secret } = (await app.ask(browser, CLI_SECRET)).data.cliSecret;
      const { data } = await app.ask(app.admin, CREATE_TOKEN, { input: { name: 'registry', role: 'VERIFIER' } });
      const verifier = { bearer: data.createServiceToken.token };
      const status = async () =>
        (await app.ask(verifier, VERIFY, { username: 'lin', secret })).data.verifyCliSecret.status;
      if (behaviour === 'OTHER_PASSWORD') proxy.credentials = 'someone:else';
      else proxy.behaviour = behaviour;
      const { report } = (await app.ask(app.admin, TEST_PROVIDER, { input: {} })).data.testOidcProvider;
      const [reachable] = report.checks;
      expect(reachable).toMatchObject({ status: 'FAILED', detail: expect.stringContaining(said) });
      expect(reachable.remedy).toContain(remedy);
      app.clock.advance(3600);
      expect(await status()).toBe('PROVIDER_UNAVAILABLE');
      const page = await new Browser().open(`${app.url}/c/oidc/login`);
      expect(page.status).toBe(503);
      tellsNoSecret(report, page.text);
      [proxy.behaviour, proxy.credentials] = ['OPEN', `${USER}:${PASSWORD}`];
      app.clock.advance(3600);
      expect(await status()).toBe('VALID');
    },
  );
});
