import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { DataSource } from 'typeorm';
import { GrantStore, LEASE_MS } from '../src/grants/grant-store.service.js';
import { ProviderGrant } from '../src/grants/provider-grant.entity.js';
import { Browser } from './support/browser.js';
import { OidcScenario, ProviderChanges } from './support/oidc-scenario.js';
import { pausedAnswer, pausedRequest } from './support/paused-requests.js';

const RECHECK_SECONDS = 60;
const LONGEST_WAIT_MS = 12_000;
/** As often is a lease of another replica looked at before the time is over: it is waited for. */
const MANY_LOOKS = 4;

describe('A refresh that others wait for, or that waits,', () => {
  let scenario: OidcScenario;
  let lin: Browser;
  const secrets = new Map<string, string>();

  const open = async (changes: ProviderChanges = {}) => {
    scenario = await OidcScenario.open({ idTokenSeconds: 600, oidc: { recheckMinutes: 1 }, ...changes });
  };
  const joined = async (username: string) => {
    const browser = await scenario.onboarded(username);
    secrets.set(username, await scenario.secretOf(browser));
    return browser;
  };
  beforeEach(() => open());
  afterEach(() => scenario.close());

  const verify = (username = 'lin') => scenario.verify(username, secrets.get(username)!);
  const statusOf = async (username = 'lin') => (await verify(username)).status as string;
  const groupsOf = async (username = 'lin') => (await verify(username)).principal.groups as string[];
  const expire = () => scenario.app.clock.advance(RECHECK_SECONDS + 1);

  it('that never comes back keeps nobody else waiting', async () => {
    lin = await joined('lin');
    await joined('sam');
    let release = () => undefined as void;
    const reached = new Promise<void>((done) => {
      scenario.provider.atTokenEndpoint = (_request, response) => {
        scenario.provider.atTokenEndpoint = undefined;
        release = () => void response.destroy();
        done();
      };
    });
    expire();
    const waiting = statusOf();
    await reached;
    expect([await statusOf('sam'), await statusOf('sam')]).toEqual(['VALID', 'VALID']);
    release();
    expect(await waiting).toBe('PROVIDER_UNAVAILABLE');
  });

  it('that stood still before it had sent anything sends nothing, for its lease may be over', async () => {
    lin = await joined('lin');
    // A changed setting makes a new client, which asks for the metadata first, under the lease.
    await scenario.configure({ oidc: { name: 'Another name' } });
    const held = pausedRequest(scenario.provider, 'atOtherEndpoints');
    expire();
    const verdict = statusOf();
    const proceed = await held;
    const now = performance.now.bind(performance);
    jest.spyOn(performance, 'now').mockImplementation(() => now() + LEASE_MS);
    proceed();
    expect(await verdict).toBe('PROVIDER_UNAVAILABLE');
    expect(scenario.provider.refreshes).toEqual({ succeeded: 0, refused: 0 });
    jest.restoreAllMocks();
    expect(await statusOf()).toBe('VALID');
  });

  it('that another replica does not end is waited for no longer than twelve seconds', async () => {
    lin = await joined('lin');
    const isLeased = { leaseOwner: 'another replica', leaseUntil: String(Date.now() + LEASE_MS) };
    const grants = scenario.app.nest.get(DataSource).getRepository(ProviderGrant);
    await grants.createQueryBuilder().update().set(isLeased).execute();
    const store = scenario.app.nest.get(GrantStore);
    const [of, looks] = [store.of.bind(store), jest.spyOn(store, 'of')];
    const isWaiting = new Promise<void>((done) => {
      looks.mockImplementation((userId) => (looks.mock.calls.length === MANY_LOOKS && done(), of(userId)));
    });
    expire();
    const verdict = statusOf();
    await Promise.race([isWaiting, verdict]);
    expect(looks).toHaveBeenCalledTimes(MANY_LOOKS);
    const now = performance.now.bind(performance);
    jest.spyOn(performance, 'now').mockImplementation(() => now() + LONGEST_WAIT_MS);
    expect(await verdict).toBe('PROVIDER_UNAVAILABLE');
    jest.restoreAllMocks();
    expect(scenario.provider.refreshes).toEqual({ succeeded: 0, refused: 0 });
  });

  it('that always fails for one pauses nobody else', async () => {
    lin = await joined('lin');
    await joined('sam');
    for (let round = 0; round < 10; round++) {
      expire();
      scenario.provider.atTokenEndpoint = (_request, response) => void response.writeHead(500).end();
      expect(await statusOf()).toBe('PROVIDER_UNAVAILABLE');
      scenario.provider.atTokenEndpoint = undefined;
      expect(await statusOf('sam')).toBe('VALID');
    }
  });

  it('that a login overtakes leaves the rights to the newer tokens of the login', async () => {
    lin = await joined('lin');
    const person = scenario.provider.people[0]!;
    person.groups = ['of the refresh'];
    const held = pausedAnswer(scenario.provider);
    expire();
    const verdict = groupsOf();
    const send = await held;
    person.groups = ['of the login'];
    await scenario.login(lin, 'lin');
    send();
    expect(await verdict).toEqual(['of the login']);
    expect(await groupsOf()).toEqual(['of the login']);
  });
});
