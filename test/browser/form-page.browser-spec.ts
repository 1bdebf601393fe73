import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { AddressInfo } from 'node:net';
import { chromium } from 'playwright-core';
import { formPage, formPageHeaders, OutgoingForm } from '../../src/http/index.js';
import { selfSignedServer } from '../support/certificates.js';

const ARGUMENTS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run'];
const WORDS = { title: 'Logging out', text: 'Continue there.', button: 'Continue' };

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

describe('The page of a form that is sent to another server', () => {
  const servers: Server[] = [];
  const visited: string[] = [];
  let [ours, provider, third, plain] = ['', '', '', ''];

  const listen = async (server: Server): Promise<number> => {
    servers.push(server.listen(0, '127.0.0.1'));
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const send =
    (name: string, to: (url: string) => string): Answer =>
    (request, response) => {
      visited.push(name);
      request.resume().on('end', () => response.writeHead(302, { location: to(String(request.url)) }).end());
    };
  const page: Answer = ({ url = '' }, response) => {
    const form: OutgoingForm = { action: provider + url, fields: [['id_token_hint', 'e30.e30.x']] };
    const isForm = !url.startsWith('/back') && url !== '/style.css';
    if (isForm) response.writeHead(200, { 'content-type': 'text/html', ...formPageHeaders(form) });
    response.end(isForm ? formPage(form, WORDS, '') : '');
  };
  beforeAll(async () => {
    const back = () => `${ours}/back`;
    third = `https://127.0.0.1:${await listen(createTlsServer(await selfSignedServer('127.0.0.1'), send('third', back)))}`;
    plain = `http://127.0.0.1:${await listen(createServer(send('plain', back)))}`;
    const next: Record<string, () => string> = { '/direct': back, '/third': () => third, '/plain': () => plain };
    provider = `http://127.0.0.1:${await listen(createServer(send('provider', (url) => next[url]!())))}`;
    ours = `http://localhost:${await listen(createServer(page))}`;
  });
  afterAll(() => {
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
  });

  it.each([
    ['/direct', ['provider'], true],
    ['/third', ['provider', 'third'], true],
    ['/plain', ['provider'], false],
  ])('comes back, also where the provider passes the browser on by https: %s', async (path, way, comesBack) => {
    const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
    const browser = await chromium.launch({ executablePath, args: ARGUMENTS });
    const tab = await browser.newPage({ ignoreHTTPSErrors: true });
    visited.length = 0;
    // Chromium aborts a navigation that the policy refuses.
    const arrived = tab.waitForURL(`${ours}/back`).catch(() => 'refused');
    await tab.goto(ours + path, { waitUntil: 'commit' });
    expect(await arrived).toBe(comesBack ? undefined : 'refused');
    expect(visited).toEqual(way);
    await browser.close();
  });
});
