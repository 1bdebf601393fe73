import { afterEach, describe, expect, it } from '@jest/globals';
import { TestApp } from './support/app.js';
import { Browser } from './support/browser.js';
import { CREATE_TOKEN, CREATE_USER } from './support/documents.js';
import { OidcScenario } from './support/oidc-scenario.js';

const ADDRESSES = '{ registryAddresses }';
const FIRST_ADDRESS = '{ pendingOnboarding { registryAddress } }';
const PASSWORD = 'First-password-1';

describe('The addresses of the registry', () => {
  let app: TestApp;
  afterEach(() => app.stop());

  const shown = async () => (await app.ask(app.admin, ADDRESSES)).data.registryAddresses as string[];

  it('are those of the setting, as soon as it is saved, and none without it', async () => {
    app = await TestApp.start();
    expect(await shown()).toEqual([]);
    const registryAddresses = ['registry.example.com', 'other.example.com:5000'];
    expect((await app.configure({ registryAddresses })).code).toBeUndefined();
    expect(await shown()).toEqual(registryAddresses);
  });

  it('are the hosts of REGISTRY_PUBLIC_URL while the setting is empty', async () => {
    const [one, other] = ['https://registry.example.com', 'http://localhost:5000'];
    app = await TestApp.start({ REGISTRY_PUBLIC_URL: `${one},${other},http://registry.example.com` });
    expect(await shown()).toEqual(['registry.example.com', 'localhost:5000']);
    await app.configure({ registryAddresses: ['hub.example.com'] });
    expect(await shown()).toEqual(['hub.example.com']);
    await app.configure({ registryAddresses: [] });
    expect(await shown()).toEqual(['registry.example.com', 'localhost:5000']);
  });

  it('are told to every user, and to nobody else', async () => {
    app = await TestApp.start();
    await app.configure({ registryAddresses: ['registry.example.com'] });
    const input = { username: 'lin', password: PASSWORD, email: 'lin@example.org' };
    expect((await app.ask(app.admin, CREATE_USER, { input })).code).toBeUndefined();
    const lin = await app.loggedIn('lin', PASSWORD);
    expect((await app.ask(lin, ADDRESSES)).data.registryAddresses).toEqual(['registry.example.com']);
    expect((await app.ask(new Browser(), ADDRESSES)).code).toBe('UNAUTHENTICATED');
    const { data } = await app.ask(app.admin, CREATE_TOKEN, { input: { name: 'automation', role: 'ADMIN' } });
    expect((await app.ask({ bearer: data.createServiceToken.token }, ADDRESSES)).code).toBe('FORBIDDEN');
  });

  it.each(['https://registry.example.com', 'registry.example.com/team', ' ', 'Registry.example.com'])(
    'cannot be %j, which changes nothing',
    async (address) => {
      app = await TestApp.start();
      await app.configure({ registryAddresses: ['registry.example.com'] });
      const refused = await app.configure({ registryAddresses: ['hub.example.com', address] });
      expect(refused.code).toBe('BAD_USER_INPUT');
      expect(await shown()).toEqual(['registry.example.com']);
    },
  );
});

describe('The address of the registry, while a user name is chosen', () => {
  let scenario: OidcScenario;
  afterEach(() => scenario.close());

  it('is the first one, and null without any', async () => {
    scenario = await OidcScenario.open();
    const browser = new Browser();
    await scenario.firstLogin(browser, 'lin');
    const shown = async () => (await scenario.app.ask(browser, FIRST_ADDRESS)).data.pendingOnboarding;
    expect(await shown()).toEqual({ registryAddress: null });
    await scenario.configure({ registryAddresses: ['hub.example.com:5000', 'other.example.com'] });
    expect(await shown()).toEqual({ registryAddress: 'hub.example.com:5000' });
    expect((await scenario.app.ask(new Browser(), FIRST_ADDRESS)).data.pendingOnboarding).toBeNull();
  });
});
