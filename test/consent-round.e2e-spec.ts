import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Browser } from './support/browser.js';
import { CLI_SECRET, ONBOARD } from './support/documents.js';
import { HostileScenario } from './support/hostile-scenario.js';
import { OidcScenario } from './support/oidc-scenario.js';
import { loginBeforeRound, ReluctantProvider } from './support/reluctant-provider.js';

const isPortal = ({ pathname }: URL) => pathname === '/profile';

/** The provider of these stories gives a refresh token only after `prompt=consent`, as OpenID Connect Core, section 11 says. */
describe('A first login that brings no refresh token', () => {
  let scenario: OidcScenario;
  beforeEach(async () => (scenario = await OidcScenario.open({ oidc: { extraRedirectParameters: [] } })));
  afterEach(() => scenario.close());

  const onboard = async (browser: Browser, username: string): Promise<string> =>
    (await scenario.app.ask(browser, ONBOARD, { input: { username } })).data.onboard.redirectUrl;
  const follow = (browser: Browser, path: string) => browser.open(`${scenario.app.url}${path}`, {}, isPortal);

  it('is followed by one visit with prompt=consent after the onboarding, and the CLI secret outlives the ID token', async () => {
    const browser = new Browser();
    await scenario.firstLogin(browser, 'lin');
    const path = await onboard(browser, 'lin');
    expect(path).toMatch(/^\/c\/oidc\/login\?consent=[0-9a-f-]{36}&redirect_url=%2Fprofile$/);
    const sent = await browser.fetch(`${scenario.app.url}${path}`);
    expect(new URL(sent.headers.get('location')!).searchParams.get('prompt')).toBe('consent');
    const landed = await browser.open(sent.headers.get('location')!, {}, isPortal);
    expect(landed.url.href).toBe(`${scenario.app.url}/profile`);
    const { secret } = (await scenario.app.ask(browser, CLI_SECRET)).data.cliSecret;
    scenario.app.clock.advance(310);
    expect((await scenario.verify('lin', secret)).status).toBe('VALID');
    expect(scenario.provider.refreshes.succeeded).toBe(1);
  });

  it('is completed without it where the person closes the page: they are logged in, and are not asked at the next login', async () => {
    const browser = new Browser();
    await scenario.firstLogin(browser, 'lin');
    await browser.fetch(`${scenario.app.url}${await onboard(browser, 'lin')}`);
    expect((await scenario.app.ask(browser, CLI_SECRET)).data.cliSecret.status).toBe('VALID');
    const next = await scenario.login(new Browser(), 'lin', '/profile?again');
    expect(next.url.pathname + next.url.search).toBe('/profile?again');
  });

  it('is followed by it after auto-onboarding, and a later login keeps the refresh token without one', async () => {
    await scenario.configure({ oidc: { autoOnboard: true } });
    const browser = new Browser();
    const round = await scenario.login(browser, 'lin');
    expect(round.url.searchParams.has('consent')).toBe(true);
    expect((await browser.open(round.url, {}, isPortal)).url.pathname).toBe('/profile');
    const secret = await scenario.secretOf(browser);
    expect((await scenario.login(new Browser(), 'lin')).url.pathname).toBe('/profile');
    scenario.app.clock.advance(310);
    expect((await scenario.verify('lin', secret)).status).toBe('VALID');
  });

  it('changes nothing where the person refuses the consent', async () => {
    const browser = new Browser();
    await scenario.firstLogin(browser, 'lin');
    const path = await onboard(browser, 'lin');
    scenario.provider.atOtherEndpoints = (request, response, next) => {
      const { searchParams } = new URL(String(request.url), scenario.provider.issuer);
      if (searchParams.get('prompt') !== 'consent') return next();
      const back = new URL(searchParams.get('redirect_uri')!);
      back.search = new URLSearchParams({
        error: 'access_denied',
        state: searchParams.get('state')!,
        iss: scenario.provider.issuer,
      }).toString();
      response.writeHead(302, { location: back.href }).end();
    };
    expect((await follow(browser, path)).url.pathname).toBe('/profile');
    expect((await scenario.app.ask(browser, CLI_SECRET)).data.cliSecret.status).toBe('VALID');
    scenario.provider.atOtherEndpoints = undefined;
    expect((await scenario.login(new Browser(), 'lin')).url.pathname).toBe('/profile');
  });
});

describe('A login that brings no refresh token, and keeps one that was answered unclearly', () => {
  let scenario: HostileScenario;
  let provider: ReluctantProvider;
  let secret: string;
  const MONTH_SECONDS = 30 * 86_400;
  const status = async () => (await scenario.verify('lin', secret)).status as string;
  const login = async () => {
    const browser = new Browser();
    const { url } = await loginBeforeRound(scenario, browser);
    if (!isPortal(url)) await browser.open(url, {}, isPortal);
    return browser;
  };

  beforeEach(async () => {
    scenario = await HostileScenario.open();
    provider = await ReluctantProvider.at(scenario, 'lin');
    secret = await scenario.secretOf(await login());
    scenario.app.clock.advance(MONTH_SECONDS);
    provider.answerOfRefresh = (response) => void response.writeHead(400).end();
    expect(await status()).toBe('REFRESH_UNCLEAR');
  });
  afterEach(() => scenario.close());

  it('is followed by one visit with prompt=consent, which replaces it', async () => {
    await login();
    expect(provider.timesAskedForConsent).toBe(2);
    provider.answerOfRefresh = null;
    const before = provider.issuer.asked.length;
    scenario.app.clock.advance(301);
    expect(await status()).toBe('VALID');
    const sent = provider.issuer.asked.slice(before).map(({ form }) => form.get('refresh_token'));
    expect(sent.filter((token) => token !== null)).toHaveLength(1);
    await login();
    expect(provider.timesAskedForConsent).toBe(2);
  });

  it('keeps it where the person refuses the consent, and the first proper answer heals it', async () => {
    provider.error = 'access_denied';
    await login();
    scenario.app.clock.advance(301);
    expect(await status()).toBe('REFRESH_UNCLEAR');
    provider.answerOfRefresh = null;
    scenario.app.clock.advance(61);
    expect(await status()).toBe('VALID');
    expect(provider.timesAskedForConsent).toBe(2);
  });
});
