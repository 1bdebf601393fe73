import { describe, expect, it } from '@jest/globals';
import { IncomingMessage, ServerResponse } from 'node:http';
import { PEOPLE } from '../demo/people.js';
import { Browser } from './support/browser.js';
import type { ProviderChanges } from './support/oidc-scenario.js';
import { RefreshedUsers } from './support/refreshed-users.js';

const RECHECK_SECONDS = 60;
/** Longer than a silent provider is left alone. */
const PAUSE_SECONDS = 31;

describe('A refresh', () => {
  const users = RefreshedUsers.forEachStory();
  let lin: Browser;
  const reopened = async (changes: ProviderChanges) => {
    await users.reopen(changes);
    lin = await users.join('lin');
  };

  it('whose answer was lost on the way costs that person a new login, and nobody else anything', async () => {
    lin = await users.join('lin');
    await users.join('sam');
    users.scenario.provider.atTokenEndpoint = (_request, response, next) => {
      users.scenario.provider.atTokenEndpoint = undefined;
      response.end = () => response.destroy();
      next();
    };
    users.expire();
    expect(await users.statusOf()).toBe('PROVIDER_UNAVAILABLE');
    expect(users.scenario.provider.refreshes.succeeded).toBe(1);
    users.scenario.app.clock.advance(PAUSE_SECONDS);
    expect(await users.verify()).toMatchObject({
      status: 'REFRESH_REJECTED',
      message: expect.stringContaining('log in at'),
    });
    expect(await users.statusOf('sam')).toBe('VALID');
    await users.scenario.login(lin, 'lin');
    expect(await users.statusOf()).toBe('VALID');
  });

  it('whose ID token can not be verified, for the key set is away, keeps the rotated token and goes on later', async () => {
    lin = await users.join('lin');
    // A changed setting makes a new client, which knows no keys yet.
    await users.scenario.configure({ oidc: { name: 'Another name' } });
    const withoutKeys = (request: IncomingMessage, response: ServerResponse, next: () => void) =>
      request.url?.startsWith('/jwks') ? response.writeHead(500).end() : next();
    users.scenario.provider.atOtherEndpoints = withoutKeys;
    users.expire();
    expect(await users.statusOf()).toBe('PROVIDER_UNAVAILABLE');
    users.scenario.provider.atOtherEndpoints = undefined;
    users.scenario.app.clock.advance(PAUSE_SECONDS);
    expect(await users.statusOf()).toBe('VALID');
    expect(users.scenario.provider.refreshes).toEqual({ succeeded: 2, refused: 0 });
  });

  it('asks userinfo for groups that came from there', async () => {
    await reopened({ claimsInIdToken: false });
    users.scenario.provider.people[0]!.groups = ['bridge'];
    users.expire();
    expect(await users.groupsOf()).toEqual(['bridge']);
  });

  it('keeps the groups where the provider has too many to tell', async () => {
    const overage = {
      _claim_names: { groups: 'elsewhere' },
      _claim_sources: { elsewhere: { endpoint: 'https://id.example.com' } },
    };
    const unused = { _claim_names: undefined, _claim_sources: undefined };
    await reopened({ people: [{ ...PEOPLE[0]!, claims: unused }] });
    const before = await users.groupsOf();
    Object.assign(users.scenario.provider.people[0]!, { groups: undefined, claims: overage });
    users.expire();
    expect(await users.groupsOf()).toEqual(before);
    expect(users.scenario.provider.refreshes.succeeded).toBe(1);
  });

  it.each([
    ['recheckMinutes', 1, RECHECK_SECONDS],
    ['the life of the ID token', 0, 600],
  ])('refuses a person whom the provider has disabled after %s at the latest', async (_what, recheckMinutes, bound) => {
    await reopened({ oidc: { recheckMinutes } });
    users.scenario.provider.people.splice(0, 1);
    expect(await users.statusOf()).toBe('VALID');
    users.scenario.app.clock.advance(bound);
    expect(await users.statusOf()).toBe('REFRESH_REJECTED');
  });

  it.each([25, -25])(
    'and a login work where the clocks differ by %s seconds, and refresh once a life',
    async (skew) => {
      users.scenario.app.clock.advance(skew);
      lin = await users.join('lin');
      for (let uses = 0; uses < 5; uses++) expect(await users.statusOf()).toBe('VALID');
      expect(users.scenario.provider.refreshes.succeeded).toBe(0);
      users.expire();
      for (let uses = 0; uses < 5; uses++) expect(await users.statusOf()).toBe('VALID');
      expect(users.scenario.provider.refreshes.succeeded).toBe(1);
    },
  );
});
