import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { IncomingMessage, ServerResponse } from 'node:http';
import { DataSource } from 'typeorm';
import { PEOPLE } from '../demo/people.js';
import { LEASE_MS } from '../src/grants/grant-store.service.js';
import { ProviderGrant } from '../src/grants/provider-grant.entity.js';
import { Browser } from './support/browser.js';
import { OidcScenario, ProviderChanges } from './support/oidc-scenario.js';
import { pausedAnswer, pausedRequest } from './support/paused-requests.js';

const RECHECK_SECONDS = 60;
/** Longer than a silent provider is left alone. */
const PAUSE_SECONDS = 31;
/** With some time for a machine that is busy. */
const LONGEST_WAIT_MS = 15_000;

describe('A refresh', () => {
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
  const reopened = async (changes: ProviderChanges) => {
    await scenario.close();
    await open(changes);
    lin = await joined('lin');
  };

  it('whose answer was lost on the way costs that person a new login, and nobody else anything', async () => {
    lin = await joined('lin');
    await joined('sam');
    scenario.provider.atTokenEndpoint = (_request, response, next) => {
      scenario.provider.atTokenEndpoint = undefined;
      response.end = () => response.destroy();
      next();
    };
    expire();
    expect(await statusOf()).toBe('PROVIDER_UNAVAILABLE');
    expect(scenario.provider.refreshes.succeeded).toBe(1);
    scenario.app.clock.advance(PAUSE_SECONDS);
    expect(await verify()).toMatchObject({ status: 'REFRESH_REJECTED', message: expect.stringContaining('log in at') });
    expect(await statusOf('sam')).toBe('VALID');
    await scenario.login(lin, 'lin');
    expect(await statusOf()).toBe('VALID');
  });

  it('whose ID token can not be verified, for the key set is away, keeps the rotated token and goes on later', async () => {
    lin = await joined('lin');
    // A changed setting makes a new client, which knows no keys yet.
    await scenario.configure({ oidc: { name: 'Another name' } });
    const withoutKeys = (request: IncomingMessage, response: ServerResponse, next: () => void) =>
      request.url?.startsWith('/jwks') ? response.writeHead(500).end() : next();
    scenario.provider.atOtherEndpoints = withoutKeys;
    expire();
    expect(await statusOf()).toBe('PROVIDER_UNAVAILABLE');
    scenario.provider.atOtherEndpoints = undefined;
    scenario.app.clock.advance(PAUSE_SECONDS);
    expect(await statusOf()).toBe('VALID');
    expect(scenario.provider.refreshes).toEqual({ succeeded: 2, refused: 0 });
  });

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
    const grants = scenario.app.nest.get(DataSource).getRepository(ProviderGrant);
    const isLeased = { leaseOwner: 'another replica', leaseUntil: String(Date.now() + LEASE_MS) };
    await grants.createQueryBuilder().update().set(isLeased).execute();
    expire();
    const began = performance.now();
    expect(await statusOf()).toBe('PROVIDER_UNAVAILABLE');
    expect(performance.now() - began).toBeLessThan(LONGEST_WAIT_MS);
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

  it('asks userinfo for groups that came from there', async () => {
    await reopened({ claimsInIdToken: false });
    scenario.provider.people[0].groups = ['bridge'];
    expire();
    expect(await groupsOf()).toEqual(['bridge']);
  });

  it('keeps the groups where the provider has too many to tell', async () => {
    const overage = {
      _claim_names: { groups: 'elsewhere' },
      _claim_sources: { elsewhere: { endpoint: 'https://id.example.com' } },
    };
    const unused = { _claim_names: undefined, _claim_sources: undefined };
    await reopened({ people: [{ ...PEOPLE[0], claims: unused }] });
    const before = await groupsOf();
    Object.assign(scenario.provider.people[0], { groups: undefined, claims: overage });
    expire();
    expect(await groupsOf()).toEqual(before);
    expect(scenario.provider.refreshes.succeeded).toBe(1);
  });

  it('that a login overtakes leaves the rights to the newer tokens of the login', async () => {
    lin = await joined('lin');
    const [person] = scenario.provider.people;
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

  it.each([
    ['recheckMinutes', 1, RECHECK_SECONDS],
    ['the life of the ID token', 0, 600],
  ])('refuses a person whom the provider has disabled after %s at the latest', async (_what, recheckMinutes, bound) => {
    await reopened({ oidc: { recheckMinutes } });
    scenario.provider.people.splice(0, 1);
    expect(await statusOf()).toBe('VALID');
    scenario.app.clock.advance(bound);
    expect(await statusOf()).toBe('REFRESH_REJECTED');
  });

  it.each([25, -25])(
    'and a login work where the clocks differ by %s seconds, and refresh once a life',
    async (skew) => {
      scenario.app.clock.advance(skew);
      lin = await joined('lin');
      for (let uses = 0; uses < 5; uses++) expect(await statusOf()).toBe('VALID');
      expect(scenario.provider.refreshes.succeeded).toBe(0);
      expire();
      for (let uses = 0; uses < 5; uses++) expect(await statusOf()).toBe('VALID');
      expect(scenario.provider.refreshes.succeeded).toBe(1);
    },
  );
});
