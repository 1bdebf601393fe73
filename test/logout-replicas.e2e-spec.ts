import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { TestApp } from './support/app.js';
import { Browser } from './support/browser.js';
import { LOGOUT, ME } from './support/documents.js';
import { Misbehaviour } from './support/hostile-provider.js';
import { HostileScenario } from './support/hostile-scenario.js';

const LONG: Misbehaviour = {
  claims: (honest) => ({ ...honest, groups: Array.from({ length: 300 }, () => randomUUID()) }),
};

describe('With three replicas on one database', () => {
  let scenario: HostileScenario;
  let replicas: TestApp[];
  beforeAll(async () => {
    scenario = await HostileScenario.open();
    const { environment, adminPassword: ADMIN_PASSWORD, url: PUBLIC_URL } = scenario.app;
    const start = () => TestApp.start({ DATA_DIR: environment.dataDir, ADMIN_PASSWORD, PUBLIC_URL });
    replicas = [scenario.app, await start(), await start()];
  });
  afterAll(async () => {
    for (const replica of replicas.slice(1)) await replica.stop({ keepData: true });
    await scenario.close();
  });

  const frameAt = ({ url }: TestApp, iss: string, sid: string) =>
    new Browser().fetch(`${url}/c/oidc/frontchannel-logout?${new URLSearchParams({ iss, sid })}`);
  const isLoggedInAt = async (app: TestApp, browser: Browser) => (await app.ask(browser, ME)).data.me !== null;

  it('the form of a logout is shown once, to whichever copy of the cookie comes first, at any of them', async () => {
    const browser = await scenario.loggedIn(await scenario.issuer('raced', LONG));
    await scenario.logout(browser);
    const copies = Array.from({ length: 12 }, () => browser.copy());
    const opened = copies.map((copy, index) => copy.fetch(`${replicas[index % 3]!.url}/c/oidc/logout-form`));
    const pages = await Promise.all(opened);
    expect(pages.filter(({ text }) => text.includes('id_token_hint'))).toHaveLength(1);
    expect(new Set(pages.map(({ status }) => status))).toEqual(new Set([200]));
  });

  it('a logout that is told to one in a frame counts at the others, also at once after another provider was set', async () => {
    const issuer = await scenario.issuer('framed');
    const browser = await scenario.loggedIn(issuer);
    for (const replica of replicas) expect(await isLoggedInAt(replica, browser)).toBe(true);
    expect((await frameAt(replicas[1]!, issuer.url, issuer.sessionId)).status).toBe(200);
    for (const replica of replicas) expect(await isLoggedInAt(replica, browser)).toBe(false);
    const next = await scenario.issuer('next');
    expect((await frameAt(replicas[2]!, issuer.url, issuer.sessionId)).status).toBe(400);
    expect((await frameAt(replicas[1]!, next.url, 'nobody-has-it')).status).toBe(200);
  });

  it('a logout that was begun at one comes back to another, which knows it', async () => {
    const browser = await scenario.loggedIn(await scenario.issuer('begun'));
    const { redirectUrl } = (await replicas[1]!.ask(browser, LOGOUT)).data.logout;
    const { url } = await browser.open(redirectUrl, {}, ({ pathname }) => pathname === '/c/oidc/logged-out');
    const page = await browser.fetch(replicas[2]!.url + url.pathname + url.search);
    expect([page.status, page.headers.get('location')]).toEqual([302, '/']);
  });
});
