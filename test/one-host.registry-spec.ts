import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { realmProblems } from '../src/config/token-realm.js';
import { Browser } from './support/browser.js';
import { Caddy, HAS_CADDY } from './support/caddy.js';
import { freePort } from './support/free-port.js';
import { Nginx } from './support/nginx.js';
import { Front } from './support/site-below-path.js';
import { locationsOfExample, OneHost } from './support/one-host.js';

describe('A registry and Mooring at one host name, by the nginx configuration of examples/', () => {
  let host: OneHost;
  let credentials: string;
  beforeAll(async () => {
    host = await OneHost.start();
    credentials = `lin:${await host.scenario.secretOf(await host.scenario.onboarded('lin'))}`;
  });
  afterAll(() => host.stop());

  it('sends clients to a realm that none refuses', async () => {
    const { headers } = await fetch(`${host.url}/v2/`);
    expect(headers.get('www-authenticate')).toMatch(`realm="${host.url}/service/token"`);
    const registryUrls = [new URL(`http://${host.registry.address}`)];
    expect(await realmProblems({ publicUrl: new URL(host.url), registryUrls })).toEqual([]);
  });

  it('lets clients log in, push and pull with the CLI secret, and is Mooring everywhere else', async () => {
    const [, secret = ''] = credentials.split(':');
    expect((await host.registry.dockerLogin('lin', secret)).output).toContain('Login Succeeded');
    expect(await host.registry.push('users/lin/app', credentials)).toMatchObject({ code: 0 });
    expect(await host.registry.inspect('users/lin/app', credentials)).toMatchObject({ code: 0 });
    const [page, other] = await Promise.all(['/c/oidc/logged-out', '/v2x'].map((path) => fetch(host.url + path)));
    expect([page?.status, other?.status]).toEqual([200, 404]);
    expect(other?.headers.get('docker-distribution-api-version')).toBeNull();
    expect((await new Browser().open(`${host.url}/health/ready`)).status).toBe(200);
  });

  it.each(['/v2/', '/v2/users/lin/app/manifests/latest'])(
    'shows and runs nothing in browsers that the registry serves: %s',
    async (path) => {
      const { headers } = await fetch(host.url + path);
      expect(headers.get('docker-distribution-api-version')).toBe('registry/2.0');
      expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox");
      expect(headers.get('x-content-type-options')).toMatch(/^nosniff/);
    },
  );
});

/** Each starts a proxy of examples/ at a port, in front of Mooring and a registry. */
const EXAMPLES: Readonly<Record<string, (port: number, serverPort: number, registryPort: number) => Promise<Front>>> = {
  nginx: async (port, serverPort, registryPort) =>
    Nginx.start(port, await locationsOfExample(serverPort, registryPort)),
  ...(HAS_CADDY ? { Caddy: async (...ports) => Caddy.start(...ports) } : {}),
};

describe.each(Object.entries(EXAMPLES))('The %s configuration of examples/ for one host name', (_name, start) => {
  let [front, servers]: [Front | undefined, Server[]] = [undefined, []];
  afterEach(async () => {
    await front?.close();
    for (const server of servers) server.close();
    [front, servers] = [undefined, []];
  });

  const echo = async (name: string): Promise<number> => {
    const server = createServer({ maxHeaderSize: 16_384 }, (request, answer) => {
      request.resume().on('end', () => {
        answer.setHeader('set-cookie', `${name}=1`).end(JSON.stringify({ name, ...request.headers }));
      });
    }).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };

  const open = async (): Promise<string> => {
    const port = await freePort();
    front = await start(port, await echo('mooring'), await echo('registry'));
    return `127.0.0.1:${port}`;
  };

  it('gives the cookies of Mooring to Mooring only, and tells both where clients are', async () => {
    const host = await open();
    const sent = { cookie: '__Host-mooring=secret', 'x-forwarded-for': '192.0.2.9', 'x-request-id': 'made-up' };
    const ask = async (path: string) => {
      const answer = await fetch(`http://${host}${path}`, { headers: { ...sent, traceparent: 'made-up' } });
      return { cookie: answer.headers.get('set-cookie'), told: (await answer.json()) as Record<string, string> };
    };
    const forwarded = { 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'http', host };
    const [registry, mooring] = [await ask('/v2/'), await ask('/graphql')];
    expect(registry).toMatchObject({ cookie: null, told: { name: 'registry', ...forwarded } });
    expect(registry.told).not.toHaveProperty('cookie');
    const told = { name: 'mooring', cookie: '__Host-mooring=secret', ...forwarded };
    expect(mooring).toMatchObject({ cookie: 'mooring=1', told });
    expect(mooring.told).not.toHaveProperty('traceparent');
    expect(mooring.told['x-request-id']).toMatch(/^[0-9a-f-]{32,36}$/);
  });

  it('passes on headers of nearly the 16 KiB that Mooring takes, and bodies of its size to it, of any to the registry', async () => {
    const host = await open();
    const cookie = `mooring-doctor=${'b'.repeat(12_000)}`;
    const large = await fetch(`http://${host}/health/live?code=${'a'.repeat(2_000)}`, { headers: { cookie } });
    expect(large.status).toBe(200);
    const post = async (path: string, kibibytes: number) => {
      const body = new Uint8Array(kibibytes * 1024);
      return (await fetch(`http://${host}${path}`, { method: 'POST', body })).status;
    };
    expect([await post('/graphql', 255), await post('/v2/a/blobs/uploads/', 4096)]).toEqual([200, 200]);
    expect(await post('/graphql', 300)).toBe(413);
  });
});
