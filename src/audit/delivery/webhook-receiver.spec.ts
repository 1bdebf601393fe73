import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { createServer as createHttpServer, IncomingMessage, RequestListener, Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { TestAuthority } from '../../../test/support/certificates.js';
import { FakeClock } from '../../../test/support/fake-clock.js';
import { SecretText } from '../../common/crypto/secret-text.js';
import type { DeliveredEvent } from './delivered-event.js';
import { WebhookReceiver } from './webhook-receiver.js';

const SECRET = 'a-secret-of-at-least-32-characters';
const EVENTS = [{ number: 1, action: 'login', actor: { label: 'Jürgen' } }] as unknown as DeliveredEvent[];
const DEADLINE_MS = 500;

describe(WebhookReceiver, () => {
  let server: Server;
  let answer: RequestListener;
  const seen: { request: IncomingMessage; body: string }[] = [];
  const receivers: WebhookReceiver[] = [];
  beforeEach(async () => {
    seen.length = 0;
    answer = (_request, response) => void response.end();
    server = createHttpServer((request, response) => void take(request).then(() => answer(request, response)));
    await listening(server);
  });
  afterEach(async () => {
    for (const receiver of receivers.splice(0)) await receiver.close();
    server.closeAllConnections();
    server.close();
  });

  const take = async (request: IncomingMessage) => void seen.push({ request, body: await text(request) });
  const listening = (one: Server) => new Promise<void>((resolve) => one.listen(0, '127.0.0.1', resolve));
  const portOf = (one: Server) => (one.address() as AddressInfo).port;
  const sendTo = (url: string, deadlineMs = DEADLINE_MS) => {
    const receiver = new WebhookReceiver(
      { url: new URL(url), secret: new SecretText(SECRET) },
      new FakeClock(),
      deadlineMs,
    );
    receivers.push(receiver);
    return receiver.send(EVENTS, new AbortController().signal);
  };
  const send = () => sendTo(`http://127.0.0.1:${portOf(server)}/hook?a=b`);

  it('signs time and body', async () => {
    await send();
    const [{ request, body }] = seen as [(typeof seen)[0]];
    expect(JSON.parse(body)).toEqual({ events: EVENTS });
    const [, time = '', signature] =
      /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(request.headers['mooring-signature'])) ?? [];
    expect(Math.abs(Number(time) - Date.now() / 1000)).toBeLessThan(10);
    expect(signature).toBe(createHmac('sha256', SECRET).update(`${time}.${body}`).digest('hex'));
    expect(request.headers['content-type']).toBe('application/json');
  });

  it.each([
    ['an error', 500],
    ['a refusal', 403],
    ['a redirect, which it does not follow', 307],
  ])('tells of %s', async (_what, status) => {
    answer = (_request, response) => void response.writeHead(status, { location: '/other' }).end('a long story');
    await expect(send()).rejects.toThrow(`it answered with HTTP ${status}`);
    expect(seen).toHaveLength(1);
  });

  it('does not wait for one that does not answer', async () => {
    answer = () => undefined;
    await expect(send()).rejects.toThrow('it did not answer in time');
  });

  it('reads no long answers', async () => {
    let written = 0;
    answer = (_request, response) => {
      response.writeHead(200);
      const more = () => {
        while (written < 10_000_000 && !response.destroyed && response.write(Buffer.alloc(65_536))) written += 65_536;
        if (!response.destroyed && written < 10_000_000) response.once('drain', more);
      };
      more();
    };
    await send();
    expect(written).toBeLessThan(10_000_000);
  });

  it('does not wait for the end of an answer', async () => {
    answer = (_request, response) => void response.writeHead(204).flushHeaders();
    await send();
  });

  it('waits for the end of an answer with a body for a second only', async () => {
    answer = (_request, response) => void response.writeHead(200).write('more');
    const began = performance.now();
    await sendTo(`http://127.0.0.1:${portOf(server)}/`, 60_000);
    expect(performance.now() - began).toBeLessThan(20_000);
  });

  it('trusts no certificate that it can not verify', async () => {
    const other = createHttpsServer(await (await TestAuthority.root()).forServer(), (request, response) => {
      seen.push({ request, body: '' });
      response.end();
    });
    await listening(other);
    await expect(sendTo(`https://127.0.0.1:${portOf(other)}`)).rejects.toThrow(/^no connection \(.*(CERT|SIGNATURE)/);
    expect(seen).toEqual([]);
    other.close();
  });

  it('connects to no link-local address', async () => {
    await expect(sendTo('https://169.254.169.254/')).rejects.toThrow('link-local');
    await expect(sendTo('https://[::ffff:169.254.169.254]/')).rejects.toThrow('link-local');
  });

  it('tells of one that is not there', async () => {
    const port = portOf(server);
    await new Promise((resolve) => server.close(resolve));
    await expect(sendTo(`http://127.0.0.1:${port}`)).rejects.toThrow('no connection (ECONNREFUSED)');
  });
});
