import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestApp } from './support/app.js';
import { Browser } from './support/browser.js';
import { HostileIssuer } from './support/hostile-provider.js';
import { HostileScenario } from './support/hostile-scenario.js';
import { spending } from './support/spending-provider.js';

const WANTED = '/profile?from=docs&x=%2F%3F#cli';

describe('A login whose code was spent by the first try of client authentication', () => {
  let scenario: HostileScenario;
  let replicas: TestApp[];
  beforeAll(async () => {
    scenario = await HostileScenario.open();
    replicas = [scenario.app, await scenario.app.replica(), await scenario.app.replica()];
  });
  afterAll(async () => {
    for (const replica of replicas.slice(1)) await replica.stop({ keepData: true });
    await scenario.close();
  });

  const open = async (name: string, isFickle = false) => {
    const issuer: HostileIssuer = await scenario.issuer(
      name,
      spending(() => issuer, isFickle),
    );
    return issuer;
  };
  const asked = (issuer: HostileIssuer) => issuer.timesAsked('authorize');
  const begin = (browser: Browser, wanted = WANTED) => {
    const query = new URLSearchParams({ redirect_url: wanted });
    return browser.open(`${scenario.app.url}/c/oidc/login?${query}`, {}, isCallback);
  };
  const isCallback = ({ pathname }: URL) => pathname === '/c/oidc/callback';
  const isPortal = ({ pathname }: URL) => !pathname.startsWith('/c/') && !pathname.endsWith('/authorize');
  const at = (replica: TestApp, url: URL) => Object.assign(new URL(url), { host: new URL(replica.url).host });
  const loginEvents = async () => (await scenario.refused('PROVIDER_ERROR')) + (await scenario.refused('FORBIDDEN'));

  it('begins again by itself with its return path, and nobody sees an error', async () => {
    const issuer = await open('again');
    const before = await loginEvents();
    const browser = new Browser();
    const { url } = await begin(browser);
    const landed = await browser.open(url, {}, isPortal);
    expect(landed.url.pathname + landed.url.search + landed.url.hash).toBe(WANTED);
    expect((await scenario.me(browser)).username).toBe('again');
    expect(asked(issuer)).toBe(2);
    expect(await loginEvents()).toBe(before);
    const logs = replicas.flatMap(({ log }) => log).join('');
    expect(logs).toContain('A login failed and began again by itself.');
  });

  it('has other values at its second time, and its first answer is used up', async () => {
    const issuer = await open('values');
    const browser = new Browser();
    const { url } = await begin(browser);
    await browser.fetch(url);
    const [first, second] = issuer.asked.filter(({ endpoint }) => endpoint === 'authorize').map(({ form }) => form);
    expect(second).toBeUndefined();
    const again = await browser.fetch(url);
    expect(again.status).toBe(403);
    expect(first!.get('state')).toBe(url.searchParams.get('state'));
  });

  it('shows the error at the second time, at whichever replica', async () => {
    const issuer = await open('twice', true);
    const browser = new Browser();
    const { url } = await begin(browser);
    const restarted = await browser.fetch(at(replicas[1]!, url));
    expect(restarted.headers.get('cache-control')).toBe('no-store');
    const { url: second } = await browser.open(restarted.headers.get('location')!, {}, isCallback);
    expect(second.searchParams.get('state')).not.toBe(url.searchParams.get('state'));
    const page = await browser.fetch(at(replicas[2]!, second));
    expect([page.status, page.text]).toEqual([502, expect.stringContaining('while Mooring tried how to authenticate')]);
    expect(asked(issuer)).toBe(2);
    expect(await scenario.me(browser)).toBeNull();
  });

  it('does not begin again for a refusal that is the same at every login', async () => {
    const issuer = await scenario.issuer('refused', {
      answer: (endpoint, _request, response) => {
        if (endpoint !== 'token') return false;
        response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":"invalid_grant"}');
        return true;
      },
    });
    const browser = new Browser();
    const { url } = await begin(browser);
    expect((await browser.fetch(url)).status).toBe(502);
    expect(asked(issuer)).toBe(1);
  });

  it('takes the place of its first attempt: no other tab loses its login', async () => {
    await open('room');
    const browser = new Browser();
    const tabs = [];
    for (let tab = 0; tab < 5; tab++) {
      tabs.push(await begin(browser, `/profile?tab=${tab}`));
      scenario.app.clock.advance(1);
    }
    expect((await browser.open(tabs[4]!.url, {}, isPortal)).url.search).toBe('?tab=4');
    expect((await browser.open(tabs[0]!.url, {}, isPortal)).url.search).toBe('?tab=0');
  });

  it('works in two tabs at once', async () => {
    await open('tabs');
    const browser = new Browser();
    const one = await begin(browser, '/profile?tab=1');
    const other = await begin(browser, '/profile?tab=2');
    const ends = await Promise.all([one, other].map(({ url }) => browser.open(url, {}, isPortal)));
    expect(ends.map(({ url }) => url.search)).toEqual(['?tab=1', '?tab=2']);
  });
});
