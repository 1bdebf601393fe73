import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { AddressInfo, Server } from 'node:net';
import { Certified, selfSignedServer, TestAuthority } from './support/certificates.js';
import { Behaviour, ForwardProxy } from './support/forward-proxy.js';
import { readEnvironment } from '../src/config/env.js';
import { boundedFetch, BoundedFetchOptions, LONGEST_ANSWER_BYTES } from '../src/oidc/provider/bounded-fetch.js';
import { ProviderError, ProviderUnavailable } from '../src/oidc/provider/provider.errors.js';
import { silenceOf } from '../src/oidc/provider/refresh-answer.js';

const NAME = 'idp.corp.example';

let proxy: ForwardProxy;
let closing: (() => unknown)[];

beforeEach(async () => {
  closing = [];
  proxy = await ForwardProxy.start();
  closing.push(() => proxy.stop());
});

afterEach(async () => {
  for (const close of closing.reverse()) await close();
});

async function portOf(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

async function provider(answer: RequestListener = (_request, response) => void response.end('hello')) {
  const root = await TestAuthority.root();
  const port = await portOf(createTlsServer(await root.forServer({ hosts: [NAME] }), answer));
  return { url: `https://${NAME}:${port}/`, authority: `${NAME}:${port}`, ca: root.cert };
}

function get(url: string, variables: Record<string, string>, options: Partial<BoundedFetchOptions> = {}) {
  const { egress } = readEnvironment(variables);
  const { fetch, close } = boundedFetch({ verifyCertificate: true, caCertificates: null, egress, ...options });
  closing.push(close);
  return fetch(url, { method: 'GET', headers: {} });
}

const failureOf = (answer: Promise<unknown>) =>
  answer.then(
    () => null,
    (error: unknown) => error as ProviderUnavailable,
  );

describe('A provider behind a forward proxy', () => {
  it('is asked by a tunnel, in which the certificates of the settings count', async () => {
    const { url, authority, ca } = await provider();
    const variables = { HTTPS_PROXY: proxy.url };
    expect(await (await get(url, variables, { caCertificates: ca })).text()).toBe('hello');
    expect(proxy.asked).toEqual([authority]);
    expect(await (await get(url, variables, { verifyCertificate: false })).text()).toBe('hello');
    await expect(get(url, variables)).rejects.toThrow('certificate is not trusted');
    await expect(get(url.replace(NAME, 'other.example'), variables, { caCertificates: ca })).rejects.toThrow(
      'another host name',
    );
  });

  it('is asked directly where NO_PROXY has it', async () => {
    const port = await portOf(createServer((_request, response) => void response.end('hello')));
    const url = `http://127.0.0.1:${port}`;
    expect(await (await get(url, { HTTP_PROXY: proxy.url, NO_PROXY: '127.0.0.1' })).text()).toBe('hello');
    expect(proxy.asked).toEqual([]);
    expect(await (await get(url, { HTTP_PROXY: proxy.url })).text()).toBe('hello');
    expect(proxy.asked).toEqual([`127.0.0.1:${port}`]);
  });

  it('is asked with the credentials of the proxy, which the provider never gets', async () => {
    const headers: object[] = [];
    const { url, ca } = await provider((request, response) => {
      headers.push(request.headers);
      response.end('hello');
    });
    proxy.credentials = 'us@er:päss';
    const variables = { HTTPS_PROXY: proxy.url.replace('//', '//us%40er:p%C3%A4ss@') };
    expect(await (await get(url, variables, { caCertificates: ca })).text()).toBe('hello');
    expect(JSON.stringify(headers)).not.toMatch(/proxy-/i);
    proxy.credentials = 'another:one';
    const failure = await failureOf(get(url, variables, { caCertificates: ca }));
    expect(failure).toMatchObject({ detail: 'proxy: HTTP 407', auditedDetail: 'proxy: HTTP 407' });
    expect(JSON.stringify([failure, failure?.message, failure?.stack])).not.toMatch(/us@er|us%40er|Basic/);
  });

  it.each<[Behaviour, string]>([
    [407, 'proxy: HTTP 407'],
    [403, 'proxy: HTTP 403'],
    [401, 'proxy: HTTP 401'],
    [302, 'proxy: HTTP 302'],
    [502, 'proxy: HTTP 502'],
    ['SILENT', 'proxy: timeout'],
    ['HANGS_UP', 'proxy: ECONNRESET'],
  ])('is silent, by no fault of a grant, where the proxy does %s', async (behaviour, detail) => {
    proxy.behaviour = behaviour;
    const outcomes: string[] = [];
    const patience = behaviour === 'SILENT' ? { tunnelDeadlineMs: 200 } : {};
    const options = { ...patience, noteExchange: (outcome: string) => void outcomes.push(outcome) };
    const failure = await failureOf(get(`https://${NAME}/`, { HTTPS_PROXY: proxy.url }, options));
    expect(failure).toBeInstanceOf(ProviderUnavailable);
    expect([failure?.detail, outcomes]).toEqual([detail, ['UNAVAILABLE']]);
    expect(silenceOf(failure!)).toMatchObject({ kind: 'SILENT', isUnreachable: true, hasAnswered: false });
    expect(proxy.asked).toEqual([`${NAME}:443`]);
  });

  it('is silent where nothing listens at the address of the proxy', async () => {
    const gone = await ForwardProxy.start();
    const address = gone.url;
    await gone.stop();
    const failure = await failureOf(get(`https://${NAME}/`, { HTTPS_PROXY: address }));
    expect(failure?.detail).toBe('proxy: ECONNREFUSED');
  });

  it('keeps the limits of time and size', async () => {
    const { url, ca } = await provider((request, response) => {
      if (request.url === '/long') response.end(Buffer.alloc(LONGEST_ANSWER_BYTES + 1));
      closing.push(() => response.destroy());
    });
    const variables = { HTTPS_PROXY: proxy.url };
    await expect(get(`${url}long`, variables, { caCertificates: ca })).rejects.toThrow('too long');
    const failure = await failureOf(get(url, variables, { caCertificates: ca, deadlineMs: 1_000 }));
    expect(failure?.detail).toBe('timeout');
  });

  it('is not asked through a proxy whose own certificate only the settings trust', async () => {
    const own: Certified = await selfSignedServer('127.0.0.1');
    const secure = await ForwardProxy.start(own);
    closing.push(() => secure.stop());
    const { url } = await provider();
    for (const options of [{ caCertificates: own.cert }, { verifyCertificate: false }]) {
      const failure = await failureOf(get(url, { HTTPS_PROXY: secure.url }, options));
      expect(failure?.detail).toBe('proxy: DEPTH_ZERO_SELF_SIGNED_CERT');
    }
    expect(secure.asked).toEqual([]);
  });

  it.each([
    ...['169.254.169.254', '0xa9fea9fe', '2852039166', '0251.0376.0251.0376', '169.254.43518', '169.254.169.254.'],
    ...['[fe80::1]', '[fd00:ec2::254]', '[::ffff:169.254.169.254]', '[64:ff9b::a9fe:a9fe]', '１６９.254.169.254'],
    ...['metadata.google.internal', 'METADATA.google.internal.', 'metadata', 'instance-data.ec2.internal'],
  ])('is never asked for %s, and neither is the proxy', async (host) => {
    const answer = get(`https://${host}/latest/meta-data`, { HTTPS_PROXY: proxy.url });
    await expect(answer).rejects.toThrow(ProviderError);
    await expect(answer).rejects.toThrow('link-local');
    expect(proxy.asked).toEqual([]);
  });

  it('is not followed to another host, and brings no line break into the question to the proxy', async () => {
    const { url, authority, ca } = await provider((_request, response) => {
      response.writeHead(302, { location: 'https://169.254.169.254/' }).end();
    });
    const variables = { HTTPS_PROXY: proxy.url };
    await expect(get(url, variables, { caCertificates: ca })).rejects.toThrow('redirect');
    await expect(get(`https://a\r\nx-injected: 1\r\n.example/`, variables)).rejects.toThrow(ProviderError);
    expect(proxy.asked).toEqual([authority]);
  });
});
