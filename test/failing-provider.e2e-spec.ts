import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Browser } from './support/browser.js';
import { TEST_PROVIDER } from './support/documents.js';
import { Endpoint, HostileIssuer } from './support/hostile-provider.js';
import { HostileScenario } from './support/hostile-scenario.js';

const TIMES = 10;
/** Longer than a failure is kept. */
const PAUSE_SECONDS = 9;

describe('While a provider fails', () => {
  let scenario: HostileScenario;
  let issuer: HostileIssuer;
  let failing: Endpoint | undefined;

  beforeEach(async () => {
    scenario = await HostileScenario.open();
    failing = undefined;
    issuer = await scenario.issuer('failing', {
      answer: (endpoint, _request, response) => endpoint === failing && Boolean(response.writeHead(503).end()),
    });
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await scenario.close();
  });

  /** Fails from now on; the time stands still until it is moved. */
  const fail = async (endpoint: Endpoint) => {
    failing = endpoint;
    // A changed setting makes a new client, which knows nothing of the provider yet.
    await scenario.app.configure({ oidc: { name: 'Another name' } });
    const { clock } = scenario.app;
    let now = clock.now().getTime();
    jest.spyOn(clock, 'now').mockImplementation(() => new Date(now));
    return (seconds: number) => (now += seconds * 1000);
  };

  it('its discovery document is asked for once, however many logins are begun, and by each test of an administrator', async () => {
    const before = issuer.timesAsked('discovery');
    const pass = await fail('discovery');
    const pages = [];
    for (let times = 0; times < TIMES; times++) pages.push(await scenario.login(new Browser()));
    expect(pages.map(({ status }) => status)).toEqual(Array(TIMES).fill(503));
    expect(pages.every(({ text }) => text.includes('did not answer in time'))).toBe(true);
    expect(issuer.timesAsked('discovery') - before).toBe(1);
    for (const asked of [2, 3]) {
      const { data } = await scenario.app.ask(scenario.app.admin, TEST_PROVIDER, { input: {} });
      expect([data.testOidcProvider.report.ok, issuer.timesAsked('discovery') - before]).toEqual([false, asked]);
    }
    failing = undefined;
    pass(PAUSE_SECONDS);
    await scenario.loggedIn(issuer);
  });

  it('its key set is asked for once, however many logout tokens are made up', async () => {
    const before = issuer.timesAsked('keys');
    const pass = await fail('keys');
    const madeUp = () => issuer.pair.sign(issuer.logoutClaims(), { kid: 'made-up' });
    for (let times = 0; times < TIMES; times++) expect((await scenario.tellOfLogout(await madeUp())).status).toBe(503);
    expect(issuer.timesAsked('keys') - before).toBe(1);
    failing = undefined;
    pass(PAUSE_SECONDS);
    expect((await scenario.tellOfLogout(await issuer.pair.sign(issuer.logoutClaims()))).status).toBe(200);
  });
});
