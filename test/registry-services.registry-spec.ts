import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ServiceKeys } from '../src/registry/keys/service-keys.service.js';
import { TestApp } from './support/app.js';
import { CREATE_RULE } from './support/documents.js';
import { basic, getToken } from './support/registry-client.js';
import { StockRegistry } from './support/stock-registry.js';

const SERVICES = {
  registry: '/service/certificate',
  'Docker registry': '/service/certificate',
  zot: '/service/certificate/zot',
  other: '/service/certificate/other',
};

describe('Several stock registries, each of a service of its own', () => {
  let app: TestApp;
  let registries: Map<string, StockRegistry>;
  beforeEach(async () => {
    app = await TestApp.start({
      REGISTRY_SERVICES: 'registry,Docker registry,zot;key=certificate,other;key=certificate',
    });
    registries = new Map();
    for (const [service, certificate] of Object.entries(SERVICES))
      registries.set(service, await StockRegistry.start(app.url, undefined, { service, certificate }));
  });
  afterEach(async () => {
    for (const registry of registries.values()) await registry.stop();
    await app.stop();
  });

  const at = (service: string) => registries.get(service)!;
  const admin = () => `admin:${app.adminPassword}`;
  const tokenFor = async (service: string): Promise<string> =>
    (await getToken(app.url, { service }, basic('admin', app.adminPassword))).body.token;
  const statusAt = async (service: string, token: string) =>
    (await fetch(`http://${at(service).address}/v2/`, { headers: { authorization: `Bearer ${token}` } })).status;

  it('takes tokens of its own service, and of no other', async () => {
    for (const asked of registries.keys()) {
      const token = await tokenFor(asked);
      for (const service of registries.keys())
        expect([asked, service, await statusAt(service, token)]).toEqual([
          asked,
          service,
          asked === service ? 200 : 401,
        ]);
    }
  });

  it('is pushed to and pulled from, and a rule for one opens nothing at another', async () => {
    const rule = { repositoryPattern: 'team/app', actions: ['PULL'], subjectKind: 'ANYONE', service: 'zot' };
    await app.ask(app.admin, CREATE_RULE, { input: { rule } });
    for (const service of registries.keys()) {
      expect(await at(service).push('team/app', admin())).toMatchObject({ code: 0 });
      const { code } = await at(service).inspect('team/app');
      expect([service, code === 0]).toEqual([service, service === 'zot']);
    }
  });

  it('has the next certificate in its file before it counts, and takes tokens of before and after', async () => {
    const before = await tokenFor('zot');
    const keys = app.nest.get(ServiceKeys);
    await keys.rotate('zot', 60);
    const prepared = await StockRegistry.start(app.url, undefined, { service: 'zot', certificate: SERVICES.zot });
    registries.set('prepared', prepared);
    await keys.rotate('zot', 0);
    const after = await tokenFor('zot');
    expect([await statusAt('prepared', before), await statusAt('prepared', after)]).toEqual([200, 200]);
    expect([await statusAt('zot', before), await statusAt('zot', after)]).toEqual([200, 401]);
  });
});
