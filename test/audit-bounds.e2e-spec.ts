import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TestApp } from './support/app.js';
import { AUDIT, AUDIT_HOURS, CREATE_TOKEN, DELETE_USER, SET_ADMIN, SET_DISABLED } from './support/documents.js';

const VERIFY_AT = `query VerifyAt($username: String!, $secret: Secret!, $clientAddress: String) {
  verifyCliSecret(username: $username, secret: $secret, clientAddress: $clientAddress) { status }
}`;

/** How many sums of strangers one process begins in a minute. */
const MOST_SUMS = 100;
const STRANGERS = 150;
/** How many of them one network can begin. */
const MOST_OF_A_NETWORK = 20;

interface Event {
  readonly action: string;
  readonly outcome: string;
  readonly reason: string | null;
  readonly count: number;
  readonly remoteAddress: string | null;
}

describe('The audit log, of what strangers cause', () => {
  let app: TestApp;
  beforeEach(async () => {
    app = await TestApp.start({ TRUST_PROXY: '1' });
    app.clock.toNextMinute();
  });
  afterEach(() => app.stop());

  const from = (address: string, query: string, input: object = {}) => {
    const body = JSON.stringify({ query, variables: { input: { userId: 'x', ...input } } });
    return app.post(undefined, body, { 'x-forwarded-for': address });
  };

  const eventsOf = async (filter: object = {}): Promise<Event[]> => {
    const events: Event[] = [];
    for (let after: string | null = null; ;) {
      const { auditEvents } = (await app.ask(app.admin, AUDIT, { filter, first: 100, after })).data;
      events.push(...auditEvents.edges.map(({ node }: { node: Event }) => node));
      if (!auditEvents.pageInfo.hasNextPage) return events;
      after = auditEvents.pageInfo.endCursor as string;
    }
  };
  const total = (events: readonly Event[]) => events.reduce((sum, { count }) => sum + count, 0);

  it('sums up a customer of an IPv6 network, who has 64 bits of addresses to choose from, as one', async () => {
    for (let host = 1; host <= 20; host++) await from(`2001:db8:1:2::${host.toString(16)}`, DELETE_USER);
    await from('2001:db8:1:3::1', DELETE_USER);
    expect(await eventsOf({ action: 'user.delete' })).toMatchObject([
      { count: 1, remoteAddress: '2001:db8:1:3::/64' },
      { count: 20, remoteAddress: '2001:db8:1:2::/64' },
    ]);
  });

  it('has a bound on its rows of a minute; of what comes after it each kind is counted in one more', async () => {
    for (let stranger = 0; stranger < STRANGERS; stranger++) {
      const address = `2001:db8:${stranger.toString(16)}::1`;
      await from(address, DELETE_USER);
      await from(address, SET_ADMIN, { isAdmin: true });
      await from(address, SET_DISABLED, { isDisabled: true });
    }
    const actions = ['user.delete', 'user.set_admin', 'user.set_disabled'];
    const begin = new Date(app.clock.now().getTime() - 3600_000).toISOString();
    // What is counted later is written within a second, or before the server stops; a new one counts what is there.
    await app.stop({ keepData: true });
    app = await TestApp.start({
      TRUST_PROXY: '1',
      DATA_DIR: app.environment.dataDir,
      ADMIN_PASSWORD: app.adminPassword,
    });
    const events = await eventsOf({ outcome: 'REFUSED' });
    const others = events.filter(({ remoteAddress }) => remoteAddress === 'others');
    expect(events.length).toBeLessThanOrEqual(MOST_SUMS + actions.length);
    expect(others).toHaveLength(3);
    expect(others.every(({ reason }) => reason === null)).toBe(true);
    for (const action of actions) {
      expect(total(events.filter((event) => event.action === action))).toBe(STRANGERS);
    }
    const filter = {
      from: begin,
      to: new Date(app.clock.now().getTime() + 3600_000).toISOString(),
      outcome: 'REFUSED',
    };
    const hours = (await app.ask(app.admin, AUDIT_HOURS, { filter })).data.auditEventsPerHour;
    expect(hours.reduce((sum: number, { count }: { count: number }) => sum + count, 0)).toBe(3 * STRANGERS);
  });

  it('tells where somebody comes from whom a network with very many blocks would like to hide', async () => {
    for (let block = 0; block < STRANGERS; block++) {
      await from(`2001:db8:0:${block.toString(16)}::1`, DELETE_USER);
      await from(`192.0.2.${block}`, SET_ADMIN, { isAdmin: true });
    }
    await from('198.51.100.1', DELETE_USER);
    const deletions = await eventsOf({ action: 'user.delete' });
    expect(deletions[0]).toMatchObject({ remoteAddress: '198.51.100.1', count: 1, reason: 'UNAUTHENTICATED' });
    expect(deletions).toHaveLength(MOST_OF_A_NETWORK + 2);
    const networks = (await eventsOf()).filter(({ remoteAddress }) => remoteAddress?.match(/\/(24|48)$/));
    expect(networks.map(({ remoteAddress }) => remoteAddress).sort()).toEqual(['192.0.2.0/24', '2001:db8:0::/48']);
    expect(networks.every(({ reason }) => reason === 'UNAUTHENTICATED')).toBe(true);
  });

  it('has room again in the next minute', async () => {
    for (let stranger = 0; stranger <= MOST_SUMS; stranger++) await from(`192.0.${stranger}.1`, DELETE_USER);
    app.clock.toNextMinute();
    await from('198.51.100.1', DELETE_USER);
    expect((await eventsOf({ action: 'user.delete' }))[0]).toMatchObject({ remoteAddress: '198.51.100.1', count: 1 });
  });

  it('is bounded in the same way where a registry backend makes client addresses up', async () => {
    const { data } = await app.ask(app.admin, CREATE_TOKEN, { input: { name: 'registry', role: 'VERIFIER' } });
    const backend = { bearer: data.createServiceToken.token as string };
    for (let client = 0; client < STRANGERS; client++) {
      await app.ask(backend, VERIFY_AT, { username: 'lin', secret: 'wrong', clientAddress: `192.0.2.${client}` });
    }
    expect((await eventsOf({ action: 'cli_secret.verify' })).length).toBeLessThanOrEqual(MOST_SUMS + 1);
  });

  it('leaves a row of its own to everything that an administrator does, however much strangers do', async () => {
    for (let stranger = 0; stranger < STRANGERS; stranger++) await from(`192.0.2.${stranger}`, DELETE_USER);
    for (let time = 0; time < MOST_SUMS + 20; time++) {
      await app.ask(app.admin, DELETE_USER, { input: { userId: 'nobody' } });
    }
    const own = (await eventsOf()).filter((event) => event.reason === 'NOT_FOUND');
    expect(own).toHaveLength(MOST_SUMS + 20);
    expect(own.every(({ count }) => count === 1)).toBe(true);
  });
});
