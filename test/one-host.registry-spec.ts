import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { realmProblems } from '../src/config/token-realm.js';
import { Browser } from './support/browser.js';
import { freePort } from './support/free-port.js';
import { Nginx } from './support/nginx.js';
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

describe('The nginx configuration of examples/ for one host name', () => {
  let [front, servers]: [Nginx | undefined, Server[]] = [undefined, []];
  afterEach(async () => {
    await front?.close();
    for (const server of servers) server.close();
    [front, servers] = [undefined, []];
  });

  const echo = async (name: string): Promise<number> => {
    const server = createServer(({ headers }, answer) => {
      answer.setHeader('set-cookie', `${name}=1`).end(JSON.stringify({ name, ...headers }));
    }).listen(0, '127.0.0.1');
    servers.push(server);
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };

  it('gives the cookies of Mooring to Mooring only, and tells both where clients are', async () => {
    const port = await freePort();
    front = await Nginx.start(port, await locationsOfExample(await echo('mooring'), await echo('registry')));
    const ask = async (path: string) => {
      const headers = { cookie: '__Host-mooring=secret', 'x-forwarded-for': '192.0.2.9' };
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers });
      return { cookie: answer.headers.get('set-cookie'), told: (await answer.json()) as Record<string, string> };
    };
    const forwarded = { 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'http', host: `127.0.0.1:${port}` };
    const [registry, mooring] = [await ask('/v2/'), await ask('/graphql')];
    expect(registry).toMatchObject({ cookie: null, told: { name: 'registry', ...forwarded } });
    expect(registry.told).not.toHaveProperty('cookie');
    const told = { name: 'mooring', cookie: '__Host-mooring=secret', ...forwarded };
    expect(mooring).toMatchObject({ cookie: 'mooring=1', told });
  });
});
