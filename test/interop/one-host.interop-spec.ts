import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OneHost } from '../support/one-host.js';
import { CLIENTS } from './registry-clients.js';

describe('At one host name for a registry and Mooring, by the nginx configuration of examples/', () => {
  let host: OneHost;
  let secret: string;
  beforeAll(async () => {
    host = await OneHost.start();
    secret = await host.scenario.secretOf(await host.scenario.onboarded('lin'));
  });
  afterAll(() => host.stop());

  it.each(Object.keys(CLIENTS))('%s takes the realm, pushes and pulls', async (name) => {
    const client = CLIENTS[name]!(host.registry);
    await client.logIn('lin', `${secret}x`);
    expect((await client.push(`users/lin/${name}`)).output).toMatch(/unauthorized|401/i);
    expect(await client.logIn('lin', secret)).toMatchObject({ code: 0 });
    expect(await client.push(`users/lin/${name}`)).toMatchObject({ code: 0 });
    expect(await client.pull(`users/lin/${name}`)).toMatchObject({ code: 0 });
  });
});
