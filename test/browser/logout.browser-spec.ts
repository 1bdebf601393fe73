import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { Page } from 'playwright-core';
import { ProviderFactsService } from '../../src/provider-facts/index.js';
import { providerFingerprint } from '../../src/oidc/current-provider.service.js';
import { HostileIssuer } from '../support/hostile-provider.js';
import { HostileScenario } from '../support/hostile-scenario.js';
import { Chromium } from './chromium.js';

describe('A logout in the browser', () => {
  let scenario: HostileScenario;
  let browser: Chromium;
  let page: Page;
  let stranger: Server;
  beforeEach(async () => {
    scenario = await HostileScenario.open();
    browser = await Chromium.start();
    page = await browser.tab();
    stranger = createServer((request, response) => {
      const framed = new URL(String(request.url), 'http://localhost').searchParams.get('framed') ?? '';
      response.writeHead(200, { 'content-type': 'text/html' }).end(`<iframe src="${framed.replaceAll('&', '&amp;')}">`);
    }).listen(0, '127.0.0.1');
    await once(stranger, 'listening');
  });
  afterEach(async () => {
    stranger.closeAllConnections();
    stranger.close();
    await browser.close();
    await scenario.close();
  });

  const login = async () => {
    await page.goto(scenario.app.url);
    await page.getByRole('link', { name: 'Login via OIDC Provider' }).click();
    await page.getByRole('heading', { name: 'My profile' }).waitFor();
  };
  const chooseLogout = async ({ username }: HostileIssuer) => {
    await page.getByRole('button', { name: `${username}: menu` }).click();
    await page.getByRole('menuitem', { name: 'Log out' }).click();
  };
  const isBackAtLogin = () => page.getByRole('link', { name: 'Login via OIDC Provider' }).waitFor();
  const isSeenToRevoke = async ({ url }: HostileIssuer) => {
    const facts = scenario.app.nest.get(ProviderFactsService, { strict: false });
    await facts.noteEndedByLogout(providerFingerprint(url, 'mooring'), { userId: 'somebody', isOffline: true });
  };

  it('is asked about where it was seen to end secrets at the provider, and can stay here', async () => {
    const issuer = await scenario.issuer('asked');
    await login();
    await isSeenToRevoke(issuer);
    await chooseLogout(issuer);
    const question = page.getByRole('dialog', { name: 'Log out' });
    await question.getByRole('button', { name: 'Cancel' }).click();
    await question.waitFor({ state: 'detached' });
    await chooseLogout(issuer);
    await question.getByRole('button', { name: 'Only here' }).click();
    await isBackAtLogin();
    expect(issuer.timesAsked('end-session')).toBe(0);
    await login();
    await chooseLogout(issuer);
    await question.getByRole('button', { name: /^Here and at / }).click();
    await isBackAtLogin();
    expect(issuer.timesAsked('end-session')).toBe(1);
  });

  it('is not asked about elsewhere, and sends a long ID token by a form that leaves it in no address', async () => {
    const groups = Array.from({ length: 300 }, () => randomUUID());
    const issuer = await scenario.issuer('long', { claims: (honest) => ({ ...honest, groups }) });
    await login();
    const addresses: string[] = [];
    browser.context.on('request', (request) => addresses.push(request.url()));
    await chooseLogout(issuer);
    await isBackAtLogin();
    const { form } = issuer.asked.findLast(({ endpoint }) => endpoint === 'end-session')!;
    expect(form.get('id_token_hint')?.length).toBeGreaterThan(8000);
    expect(addresses.filter((address) => address.includes('id_token_hint') || address.length > 2000)).toEqual([]);
    await page.goBack();
    expect(await page.content()).not.toContain('id_token_hint');
  });

  it('that the provider tells in a frame counts there, and the answer is shown in no frame of another site', async () => {
    const issuer = await scenario.issuer('framed', {
      answer: (endpoint, _request, response, { form }) => {
        if (endpoint !== 'login') return false;
        response.writeHead(200, { 'content-type': 'text/html' });
        response.end(`<iframe src="${(form.get('framed') ?? '').replaceAll('&', '&amp;')}">`);
        return true;
      },
    });
    await login();
    const { port } = stranger.address() as AddressInfo;
    const told = (sid: string) =>
      `${scenario.app.url}/c/oidc/frontchannel-logout?${new URLSearchParams({ iss: issuer.url, sid })}`;
    const framed = async (by: string, what: string): Promise<boolean> => {
      await page.goto(`${by}?${new URLSearchParams({ framed: what })}`);
      const frame = page.frames()[1];
      return (await frame?.title().catch(() => null)) === 'Mooring';
    };
    expect(await framed(`http://127.0.0.1:${port}/`, told('unknown'))).toBe(false);
    browser.complaints.splice(0);
    await page.goto(scenario.app.url);
    await page.getByRole('heading', { name: 'My profile' }).waitFor();
    expect(await framed(`${issuer.url}/login`, told(issuer.sessionId))).toBe(true);
    await page.goto(scenario.app.url);
    await isBackAtLogin();
  });
});
