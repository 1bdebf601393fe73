import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { CREATE_RULE } from '../support/documents.js';
import { freePort } from '../support/free-port.js';
import { OidcScenario } from '../support/oidc-scenario.js';
import { StockRegistry } from '../support/stock-registry.js';
import { prepared } from './prepared.js';
import { CLIENTS } from './registry-clients.js';

const REGISTRIES: readonly (readonly [string, () => string])[] = [
  ['Distribution 2.8, as Debian has it', () => 'docker-registry'],
  ['Distribution 3.1', () => join(prepared('distribution'), 'registry')],
];

describe.each(REGISTRIES)('At %s', (_registry, program) => {
  let scenario: OidcScenario;
  const started: StockRegistry[] = [];
  let secret: string;
  beforeAll(async () => {
    scenario = await OidcScenario.open();
    secret = await scenario.secretOf(await scenario.onboarded('lin'));
    const rule = { repositoryPattern: 'open/*', actions: ['PULL'], subjectKind: 'ANYONE' };
    await scenario.app.ask(scenario.app.admin, CREATE_RULE, { input: { rule } });
  });
  afterAll(async () => {
    for (const registry of started) await registry.stop();
    await scenario.close();
  });

  /** crane and oras send credentials only to the host name of the registry, which is that of Mooring here. */
  const open = async () => {
    const port = await freePort();
    const registry = await StockRegistry.start(scenario.app.url, {
      ...{ port, address: `localhost:${port}`, program: program() },
    });
    started.push(registry);
    return registry;
  };
  const succeeds = expect.objectContaining({ code: 0 });
  const lists = (text: string) => expect.objectContaining({ code: 0, output: expect.stringContaining(text) });
  const refused = { code: 1, output: expect.stringMatching(/denied|unauthorized|401|403/i) };

  it.each(Object.keys(CLIENTS))(
    '%s pushes, lists, pulls and deletes what its user may, and nothing else',
    async (name) => {
      const client = CLIENTS[name]!(await open());
      await client.logIn('lin', `${secret}x`);
      expect(await client.push('users/lin/app')).toEqual(refused);
      expect(await client.logIn('lin', secret)).toEqual(succeeds);
      expect(await client.push('users/lin/app')).toEqual(succeeds);
      expect(await client.push('users/sam/app')).toEqual(refused);
      expect(await client.tags('users/lin/app')).toEqual(lists('v1'));
      expect(await client.pull('users/lin/app')).toEqual(succeeds);
      expect(await client.remove('users/lin/app')).toEqual(succeeds);
      expect(await client.pull('users/lin/app')).not.toEqual(succeeds);
    },
  );

  it.each(Object.keys(CLIENTS))(
    '%s sees all repositories as the administrator, and what a rule opens as nobody',
    async (name) => {
      const registry = await open();
      const administrator = CLIENTS[name]!(registry);
      await administrator.logIn('admin', scenario.app.adminPassword);
      expect(await administrator.push('open/app')).toEqual(succeeds);
      expect(await administrator.repositories()).toEqual(lists('open/app'));
      const nobody = CLIENTS[name]!(registry, 'nobody');
      expect(await nobody.pull('open/app')).toEqual(succeeds);
      expect(await nobody.push('open/other')).toEqual(refused);
    },
  );

  it('docker, skopeo, podman and containerd do what they do at the other', async () => {
    const registry = await open();
    expect((await registry.dockerLogin('lin', secret)).output).toContain('Login Succeeded');
    expect((await registry.dockerLogin('lin', `${secret}x`)).output).toContain('The user name or CLI secret is wrong');
    for (const tool of ['skopeo', 'podman'] as const) {
      expect(await registry.login(tool, 'lin', secret)).toEqual(succeeds);
      expect(await registry.login(tool, 'lin', 'wrong')).not.toEqual(succeeds);
      expect(await registry.login(tool, 'lin', secret)).toEqual(succeeds);
    }
    const asLin = `lin:${secret}`;
    expect(await registry.push('users/lin/app', asLin)).toEqual(succeeds);
    expect(await registry.copy('users/lin/app', 'users/lin/copy', asLin)).toEqual(succeeds);
    expect(await registry.podmanPull('users/lin/copy')).toEqual(succeeds);
    await registry.startContainerd();
    expect(await registry.containerdFetch('users/lin/app', asLin)).toEqual(succeeds);
    expect((await registry.containerdFetch('users/lin/app', 'lin:wrong')).output).toContain('401');
    expect(await registry.remove('users/lin/copy', asLin)).toEqual(succeeds);
    expect(await registry.inspect('users/lin/copy', asLin)).not.toEqual(succeeds);
    expect((await registry.inspect('users/sam/app', asLin)).output).toMatch(/denied|unauthorized/);
  });
});
