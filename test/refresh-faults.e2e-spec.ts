import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { IncomingMessage, ServerResponse } from 'node:http';
import { PEOPLE } from '../demo/people.js';
import { Browser } from './support/browser.js';
import { OidcScenario, ProviderChanges } from './support/oidc-scenario.js';

const RECHECK_SECONDS = 60;
/** Longer than a silent provider is left alone. */
const PAUSE_SECONDS = 31;

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

  it('asks userinfo for groups that came from there', async () => {
    await reopened({ claimsInIdToken: false });
    scenario.provider.people[0]!.groups = ['bridge'];
    expire();
    expect(await groupsOf()).toEqual(['bridge']);
  });

  it('keeps the groups where the provider has too many to tell', async () => {
    const overage = {
      _claim_names: { groups: 'elsewhere' },
      _claim_sources: { elsewhere: { endpoint: 'https://id.example.com' } },
    };
    const unused = { _claim_names: undefined, _claim_sources: undefined };
    await reopened({ people: [{ ...PEOPLE[0]!, claims: unused }] });
    const before = await groupsOf();
    Object.assign(scenario.provider.people[0]!, { groups: undefined, claims: overage });
    expire();
    expect(await groupsOf()).toEqual(before);
    expect(scenario.provider.refreshes.succeeded).toBe(1);
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
