import { afterEach, describe, expect, it } from '@jest/globals';
import { lookup as systemLookup } from 'node:dns';
import { once } from 'node:events';
import { createServer, RequestListener, Server } from 'node:http';
import { AddressInfo, createServer as createSilentServer, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { Worker } from 'node:worker_threads';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { BoundedFetch, boundedFetch, BoundedFetchOptions, LONGEST_ANSWER_BYTES } from './bounded-fetch.js';
import { isLinkLocal, lookupBeyondLinkLocal } from './link-local.js';
import { ProviderError, ProviderUnavailable } from './provider.errors.js';

const open: (Server | BoundedFetch)[] = [];

afterEach(async () => {
  for (const thing of open.splice(0)) {
    if (thing instanceof Server) thing.closeAllConnections();
    await (thing instanceof Server ? new Promise((done) => thing.close(done)) : thing.close());
  }
});

async function serving(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  open.push(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function fetching(options: Partial<BoundedFetchOptions> = {}): BoundedFetch {
  const built = boundedFetch({ verifyCertificate: true, caCertificates: null, ...options });
  open.unshift(built);
  return built;
}

function get(url: string, options: Partial<BoundedFetchOptions> = {}): Promise<Response> {
  return fetching(options).fetch(url, { method: 'GET', headers: {} });
}

/** A server in a thread of its own, which runs on while this one stands still. */
async function answeringElsewhere() {
  const source = `
    const { parentPort } = require('node:worker_threads');
    const server = require('node:http').createServer((request, response) => {
      parentPort.postMessage('asked');
      setTimeout(() => response.end('hello'), 100);
    });
    server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));`;
  const worker = new Worker(source, { eval: true });
  const [port] = (await once(worker, 'message')) as [number];
  return { url: `http://127.0.0.1:${port}`, isAsked: once(worker, 'message'), end: () => worker.terminate() };
}

describe(boundedFetch, () => {
  it('gives status, headers and the decompressed body', async () => {
    const url = await serving((_request, response) => {
      response.writeHead(418, { 'content-encoding': 'gzip', 'content-type': 'text/plain' }).end(gzipSync('hello'));
    });
    const answer = await get(url);
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([
      418,
      'text/plain',
      'hello',
    ]);
    expect(answer.headers.has('content-encoding')).toBe(false);
  });

  it('decompresses answers of every status, also what is compressed twice', async () => {
    const url = await serving((request, response) => {
      const isTwice = request.url === '/twice?of=two';
      response.writeHead(isTwice ? 200 : 503, { 'content-encoding': isTwice ? 'gzip, br' : 'br' });
      response.end(brotliCompressSync(isTwice ? gzipSync('hello') : 'hello'));
    });
    const answers = await Promise.all(['/', '/twice?of=two'].map((path) => get(`${url}${path}`)));
    expect(answers.map(({ status }) => status)).toEqual([503, 200]);
    expect(await Promise.all(answers.map((answer) => answer.text()))).toEqual(['hello', 'hello']);
  });

  it('says who asks, and sends a form as text', async () => {
    const told: unknown[] = [];
    const url = await serving((request, response) => {
      const { 'user-agent': agent, 'accept-encoding': encodings } = request.headers;
      void text(request).then((body) => {
        told.push([request.method, agent, encodings, body]);
        response.end();
      });
    });
    await fetching().fetch(url, { method: 'POST', headers: {}, body: new URLSearchParams({ code: 'a b' }) });
    expect(told).toEqual([['POST', 'mooring', 'gzip, br, deflate', 'code=a+b']]);
  });

  it('calls an answer that is not what its encoding says unusable', async () => {
    const url = await serving((_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end('hello'),
    );
    await expect(get(url)).rejects.toMatchObject({ name: 'ProviderError' });
  });

  it('follows no redirect', async () => {
    const visited: (string | undefined)[] = [];
    const url = await serving((request, response) => {
      visited.push(request.url);
      response.writeHead(302, { location: '/elsewhere' }).end();
    });
    await expect(get(url)).rejects.toThrow(ProviderError);
    expect(visited).toEqual(['/']);
  });

  it('reads answers up to the limit', async () => {
    const url = await serving((_request, response) => response.end(Buffer.alloc(LONGEST_ANSWER_BYTES)));
    expect((await (await get(url)).arrayBuffer()).byteLength).toBe(LONGEST_ANSWER_BYTES);
  });

  it('refuses an answer that announces too much', async () => {
    const url = await serving((_request, response) => {
      response.writeHead(200, { 'content-length': '2000000' }).write('x');
    });
    await expect(get(url)).rejects.toThrow('too long');
  });

  it('refuses an answer that goes on for ever in chunks', async () => {
    const url = await serving((_request, response) => {
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536)));
      };
      response.on('drain', more);
      more();
    });
    await expect(get(url)).rejects.toThrow('too long');
  });

  it('refuses a small answer that unpacks to a large one', async () => {
    const packed = gzipSync(Buffer.alloc(LONGEST_ANSWER_BYTES + 1));
    const url = await serving((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed);
    });
    await expect(get(url)).rejects.toThrow('too long');
  });

  it('gives up on a server that says nothing, or begins and never ends', async () => {
    const silent = await serving(() => undefined);
    const slow = await serving((_request, response) => void response.write('{'));
    await expect(get(silent, { deadlineMs: 100 })).rejects.toThrow(ProviderUnavailable);
    await expect(get(slow, { deadlineMs: 100 })).rejects.toThrow(ProviderUnavailable);
  });

  it('gives up on a server whose TLS never begins, at the deadline, and asks none once it is not to', async () => {
    const sockets: Socket[] = [];
    const silent = createSilentServer((socket) => sockets.push(socket));
    await once(silent.listen(0, '127.0.0.1'), 'listening');
    const url = `https://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const began = performance.now();
    await expect(get(url, { deadlineMs: 100 })).rejects.toMatchObject({ detail: 'timeout' });
    const stopped = fetching().fetch(url, { method: 'GET', headers: {}, signal: AbortSignal.abort() });
    await expect(stopped).rejects.toThrow(ProviderUnavailable);
    expect(performance.now() - began).toBeLessThan(5_000);
    expect(sockets.length).toBeLessThanOrEqual(1);
    silent.close();
    sockets.forEach((socket) => socket.destroy());
  });

  it('gives up on a request at its own deadline, also one that waits for a connection', async () => {
    const url = await serving(() => undefined);
    const { fetch } = fetching();
    const stop = new AbortController();
    const asking = { method: 'GET', headers: {} };
    const first = Array.from({ length: 128 }, () => fetch(url, { ...asking, signal: stop.signal }));
    const waiting = fetch(url, { ...asking, deadlineMs: 100 }).catch(() => 'the one that waits');
    const ended = Promise.race(first).catch(() => 'one that has a connection');
    expect(await Promise.race([waiting, ended])).toBe('the one that waits');
    stop.abort();
    await Promise.allSettled(first);
  });

  it('reads an answer that came in time, though the process stood still until the deadline was over', async () => {
    const { url, isAsked, end } = await answeringElsewhere();
    const answer = get(url, { deadlineMs: 500 });
    await isAsked;
    // Nothing of this process runs meanwhile, as when it is stopped by a signal or its machine is moved.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2_000);
    expect(await (await answer.finally(end)).text()).toBe('hello');
  });

  it('calls a server that cannot be reached unavailable', async () => {
    const url = await serving(() => undefined);
    const gone = open.pop() as Server;
    await new Promise((done) => gone.close(done));
    await expect(get(url)).rejects.toThrow(ProviderUnavailable);
  });

  it.each([
    ...['169.254.169.254', '[fe80::1]', '[::ffff:169.254.169.254]', '0xa9fea9fe', '100.100.100.200', '168.63.129.16'],
    ...['[fd00:ec2::254]', '[2002:a9fe:a9fe::]', '[::169.254.169.254]', '[64:ff9b:1::a9fe:a9fe]'],
  ])('does not ask %s, on the local link or a metadata service, written or looked up', async (host) => {
    await expect(get(`http://${host}/`)).rejects.toThrow('link-local');
    const address = new URL(`http://${host}/`).hostname.replace(/[[\]]/g, '');
    const family = address.includes(':') ? 6 : 4;
    const addresses = [
      { address: '127.0.0.1', family: 4 },
      { address, family },
    ];
    const lying = lookupBeyondLinkLocal((_name, _options, done) => done(null, addresses));
    await expect(get('http://localhost:8443/', { lookup: lying })).rejects.toThrow('link-local');
  });

  it('reaches a server by its name', async () => {
    const url = await serving((_request, response) => response.end('hello'));
    const lookup = lookupBeyondLinkLocal((name, _options, done) => systemLookup(name, { all: true, family: 4 }, done));
    const answer = await get(url.replace('127.0.0.1', 'localhost'), { lookup });
    expect(await answer.text()).toBe('hello');
  });

  it('lets a running request end after closing, and takes a later one', async () => {
    let finish = () => undefined as void;
    let arrived = () => undefined as void;
    const started = new Promise<void>((done) => (arrived = done));
    const url = await serving((_request, response) => {
      finish = () => void response.end('hello');
      arrived();
    });
    const { fetch, close } = fetching();
    const running = fetch(url, { method: 'GET', headers: {} });
    await started;
    const closed = close();
    finish();
    expect(await (await running).text()).toBe('hello');
    await closed;
    const later = await serving((_request, response) => response.end('again'));
    expect(await (await fetch(later, { method: 'GET', headers: {} })).text()).toBe('again');
  });
});

describe(isLinkLocal, () => {
  it('knows every spelling of a link-local address', () => {
    for (const host of [
      '169.254.0.1',
      '[fe80::1]',
      'febf::1',
      'fe80::1%eth0',
      '::ffff:a9fe:1',
      '[64:ff9b::a9fe:a9fe]',
    ]) {
      expect(isLinkLocal(host)).toBe(true);
    }
    for (const host of ['169.253.0.1', '127.0.0.1', '[::1]', 'fec0::1', 'id.example'])
      expect(isLinkLocal(host)).toBe(false);
  });

  it.each([
    ...['169.254.169.254', '169.254.170.2', '100.100.100.200', '192.0.0.192', '168.63.129.16'],
    ...['fd00:ec2::254', 'fd00:ec2::23', 'fd20:ce::254', 'fd00:c1::a9fe:a9fe', 'fd00:42::42'],
    ...['fd00:a9fe:a9fe::1', 'fd00:100::100:200', 'FD00:0EC2:0:0:0:0:0:254', 'fe80::a9fe:a9fe'],
  ])('knows the metadata service at %s', (host) => {
    expect(isLinkLocal(host)).toBe(true);
    expect(isLinkLocal(host.includes(':') ? `[${host}]` : host)).toBe(true);
  });

  it.each([
    ['IPv4-mapped', '::ffff:169.254.169.254', '::ffff:8.8.8.8'],
    ['IPv4-mapped, written out', '0:0:0:0:0:ffff:6464:64c8', '0:0:0:0:0:ffff:0808:0808'],
    ['IPv4-compatible', '::169.254.169.254', '::8.8.8.8'],
    ['IPv4-translated', '::ffff:0:a9fe:a9fe', '::ffff:0:808:808'],
    ['NAT64', '64:ff9b::100.100.100.200', '64:ff9b::8.8.8.8'],
    ['local NAT64 of /96', '64:ff9b:1::169.254.169.254', '64:ff9b:1::8.8.8.8'],
    ['local NAT64 of /48', '64:ff9b:1:a9fe:a9:fe00::', '64:ff9b:1:808:8:800::'],
    ['local NAT64 of /56', '64:ff9b:1:aaa9:fe:a9fe::', '64:ff9b:1:aa08:8:808::'],
    ['local NAT64 of /64', '64:ff9b:1:abcd:a9:fea9:fe00:0', '64:ff9b:1:abcd:8:808:800:0'],
    ['6to4', '2002:a9fe:a9fe::1', '2002:808:808::1'],
    ['6to4 of another cloud', '2002:6464:64c8:1::2', '2002:6464:64c9:1::2'],
    ['the server of Teredo', '2001:0:a9fe:a9fe::1', '2001:0:808:808::1'],
    ['the client of Teredo', '2001:0:808:808:0:0:5601:5601', '2001:0:808:808:0:0:f7f7:f7f7'],
    ['ISATAP', '2001:db8::5efe:a9fe:a9fe', '2001:db8::5efe:808:808'],
    ['ISATAP of a global address', '2001:db8::200:5efe:a9fe:a9fe', '2001:db8::200:5efe:808:808'],
  ])('looks into %s', (_how, metadata, other) => {
    expect([isLinkLocal(metadata), isLinkLocal(other)]).toEqual([true, false]);
  });
});
