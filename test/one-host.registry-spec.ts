import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { realmProblems } from '../src/config/token-realm.js';
import { Browser } from './support/browser.js';
import { OneHost } from './support/one-host.js';

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
});
