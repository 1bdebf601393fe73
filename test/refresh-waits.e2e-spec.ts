import { describe, expect, it, jest } from '@jest/globals';
import { DataSource } from 'typeorm';
import { GrantStore, LEASE_MS } from '../src/grants/grant-store.service.js';
import { ProviderGrant } from '../src/grants/provider-grant.entity.js';
import { Browser } from './support/browser.js';
import { pausedAnswer, pausedRequest } from './support/paused-requests.js';
import { RefreshedUsers } from './support/refreshed-users.js';

const LONGEST_WAIT_MS = 12_000;
/** As often is a lease of another replica looked at before the time is over: it is waited for. */
const MANY_LOOKS = 4;

describe('A refresh that others wait for, or that waits,', () => {
  const users = RefreshedUsers.forEachStory();
  let lin: Browser;

  it('that never comes back keeps nobody else waiting', async () => {
    lin = await users.join('lin');
    await users.join('sam');
    let release = () => undefined as void;
    const reached = new Promise<void>((done) => {
      users.scenario.provider.atTokenEndpoint = (_request, response) => {
        users.scenario.provider.atTokenEndpoint = undefined;
        release = () => void response.destroy();
        done();
      };
    });
    users.expire();
    const waiting = users.statusOf();
    await reached;
    expect([await users.statusOf('sam'), await users.statusOf('sam')]).toEqual(['VALID', 'VALID']);
    release();
    expect(await waiting).toBe('PROVIDER_UNAVAILABLE');
  });

  it('that stood still before it had sent anything sends nothing, for its lease may be over', async () => {
    lin = await users.join('lin');
    // A changed setting makes a new client, which asks for the metadata first, under the lease.
    await users.scenario.configure({ oidc: { name: 'Another name' } });
    const held = pausedRequest(users.scenario.provider, 'atOtherEndpoints');
    users.expire();
    const verdict = users.statusOf();
    const proceed = await held;
    const now = performance.now.bind(performance);
    jest.spyOn(performance, 'now').mockImplementation(() => now() + LEASE_MS);
    proceed();
    expect(await verdict).toBe('PROVIDER_UNAVAILABLE');
    expect(users.scenario.provider.refreshes).toEqual({ succeeded: 0, refused: 0 });
    jest.restoreAllMocks();
    expect(await users.statusOf()).toBe('VALID');
  });

  it('that another replica does not end is waited for no longer than twelve seconds', async () => {
    lin = await users.join('lin');
    const isLeased = { leaseOwner: 'another replica', leaseUntil: String(Date.now() + LEASE_MS) };
    const grants = users.scenario.app.nest.get(DataSource).getRepository(ProviderGrant);
    await grants.createQueryBuilder().update().set(isLeased).execute();
    const store = users.scenario.app.nest.get(GrantStore);
    const [of, looks] = [store.of.bind(store), jest.spyOn(store, 'of')];
    const isWaiting = new Promise<void>((done) => {
      looks.mockImplementation((userId) => (looks.mock.calls.length === MANY_LOOKS && done(), of(userId)));
    });
    users.expire();
    const verdict = users.statusOf();
    await Promise.race([isWaiting, verdict]);
    expect(looks).toHaveBeenCalledTimes(MANY_LOOKS);
    const now = performance.now.bind(performance);
    jest.spyOn(performance, 'now').mockImplementation(() => now() + LONGEST_WAIT_MS);
    expect(await verdict).toBe('PROVIDER_UNAVAILABLE');
    jest.restoreAllMocks();
    expect(users.scenario.provider.refreshes).toEqual({ succeeded: 0, refused: 0 });
  });

  it('that always fails for one pauses nobody else', async () => {
    lin = await users.join('lin');
    await users.join('sam');
    for (let round = 0; round < 10; round++) {
      users.expire();
      users.scenario.provider.atTokenEndpoint = (_request, response) => void response.writeHead(500).end();
      expect(await users.statusOf()).toBe('PROVIDER_UNAVAILABLE');
      users.scenario.provider.atTokenEndpoint = undefined;
      expect(await users.statusOf('sam')).toBe('VALID');
    }
  });

  it('that a login overtakes leaves the rights to the newer tokens of the login', async () => {
    lin = await users.join('lin');
    const person = users.scenario.provider.people[0]!;
    person.groups = ['of the refresh'];
    const held = pausedAnswer(users.scenario.provider);
    users.expire();
    const verdict = users.groupsOf();
    const send = await held;
    person.groups = ['of the login'];
    await users.scenario.login(lin, 'lin');
    send();
    expect(await verdict).toEqual(['of the login']);
    expect(await users.groupsOf()).toEqual(['of the login']);
  });
});
