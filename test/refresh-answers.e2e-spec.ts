import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { GrantStore } from '../src/grants/grant-store.service.js';
import { ProviderGrant } from '../src/grants/provider-grant.entity.js';
import { Browser } from './support/browser.js';
import { AUDIT, ME, SET_ADMIN, USERS } from './support/documents.js';
import { HostileScenario } from './support/hostile-scenario.js';
import { RefreshedUsers } from './support/refreshed-users.js';

/** Longer than the first pause after an unclear answer, and than the longest after silence. */
const PAUSE_SECONDS = 61;
const HOUR_SECONDS = 3600;
const json = (error: string, description?: string) => JSON.stringify({ error, error_description: description });

describe('A refresh that the provider', () => {
  const users = RefreshedUsers.forEachStory();
  let lin: Browser;
  beforeEach(async () => (lin = await users.join('lin')));

  const answering = (status: number, body: string) => {
    users.scenario.provider.atTokenEndpoint = (_request, response) => {
      asked++;
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    };
  };
  const isWell = () => (users.scenario.provider.atTokenEndpoint = undefined);
  const wait = (seconds: number) => users.scenario.app.clock.advance(seconds);
  const identity = async () => (await users.scenario.app.ask(lin, ME)).data.me.oidcIdentity;
  const auditedReasons = async () => {
    const { data } = await users.scenario.app.ask(users.scenario.app.admin, AUDIT, {
      filter: { action: 'grant.refresh' },
      first: 20,
    });
    return data.auditEvents.edges.map(({ node }: { node: { reason: string } }) => node.reason) as string[];
  };
  let asked = 0;
  beforeEach(() => void (asked = 0));

  it.each([
    ['a 400 without a body', 400, ''],
    ['Gitea’s, for a token that it can not parse', 400, json('unauthorized_client', 'unable to parse refresh token')],
    ['Gitea’s, for a token that was used', 400, json('unauthorized_client', 'token was already used')],
    ['that of a realm of Keycloak that is disabled', 403, json('access_denied', 'Realm not enabled')],
    ['a sentence of Pocket ID', 400, json('Refresh token is invalid or expired')],
    ['another sentence of Pocket ID', 403, json("You're not allowed to access this service")],
    ['that of a hook of Hydra', 403, json('access_denied')],
    ['canaille’s, for somebody who is locked', 400, json('invalid_request', "There is no 'user' for this token.")],
    ['an error that is in a 200', 200, json('invalid_request')],
  ])('answers unclearly, with %s, sends the person to the login and heals by itself', async (_what, status, body) => {
    answering(status, body);
    users.expire();
    const answer = await users.verify();
    expect(answer).toMatchObject({ valid: false, status: 'REFRESH_UNCLEAR', principal: null });
    expect(answer.message).toContain(`log in at ${users.scenario.app.url}`);
    expect(await identity()).toMatchObject({
      tokenState: 'REAUTHENTICATION_REQUIRED',
      reauthenticationReason: 'REFRESH_UNCLEAR',
    });
    isWell();
    wait(PAUSE_SECONDS);
    expect(await users.statusOf()).toBe('VALID');
    expect(await auditedReasons()).toEqual(['REFRESH_UNCLEAR']);
  });

  it('answers unclearly is asked again only after a pause, which grows to an hour', async () => {
    answering(400, '');
    users.expire();
    for (let tries = 0; tries < 3; tries++) expect(await users.statusOf()).toBe('REFRESH_UNCLEAR');
    expect(asked).toBe(1);
    for (const seconds of [31, 62, 124, 248, 496, 992, 1984, HOUR_SECONDS, HOUR_SECONDS]) {
      wait(seconds);
      expect(await users.statusOf()).toBe('REFRESH_UNCLEAR');
    }
    expect(asked).toBe(10);
    wait(HOUR_SECONDS / 2);
    await users.statusOf();
    expect(asked).toBe(10);
  });

  it('answers unclearly keeps counting while the token has time left', async () => {
    answering(400, '');
    wait(55);
    expect(await users.statusOf()).toBe('VALID');
    for (let tries = 0; tries < 2000 && asked === 0; tries++) await identity();
    expect(await users.statusOf()).toBe('VALID');
    expect((await identity()).tokenState).toBe('FRESH');
  });

  it('answers unclearly, then with silence, has no outage grace', async () => {
    await users.scenario.configure({ oidc: { outageGraceMinutes: 600 } });
    answering(400, '');
    users.expire();
    expect(await users.statusOf()).toBe('REFRESH_UNCLEAR');
    answering(503, '');
    wait(PAUSE_SECONDS);
    expect(await users.statusOf()).toBe('REFRESH_UNCLEAR');
  });

  it.each([
    ['temporarily_unavailable', 400],
    ['server_error', 400],
    ['slow_down', 400],
    ['temporarily_unavailable', 401],
  ])('answers with %s under %i is silence, and heals by itself', async (error, status) => {
    answering(status, json(error));
    users.expire();
    const answer = await users.verify();
    expect(answer.status).toBe('PROVIDER_UNAVAILABLE');
    expect(answer.message).toContain('answered with an error');
    isWell();
    wait(PAUSE_SECONDS);
    expect(await users.statusOf()).toBe('VALID');
  });

  it.each([
    [401, json('unauthorized_client', 'Invalid client or Invalid client credentials')],
    [401, json('Invalid client secret')],
    [400, json('invalid_client')],
    [400, json('invalid_scope')],
  ])('answers with %i %s rejects the client, and leaves the grant untouched', async (status, body) => {
    answering(status, body);
    users.expire();
    expect(await users.statusOf()).toBe('PROVIDER_REJECTED_CLIENT');
    isWell();
    wait(PAUSE_SECONDS);
    expect(await users.statusOf()).toBe('VALID');
  });

  it('meets with errors of one person alone tells that person to log in again too, and a login heals it', async () => {
    await users.join('sam');
    users.expire();
    const messages: string[] = [];
    for (let round = 0; round < 4; round++) {
      answering(500, json('server_error'));
      messages.push((await users.verify()).message as string);
      isWell();
      wait(PAUSE_SECONDS);
      expect(await users.statusOf('sam')).toBe('VALID');
    }
    expect(messages[0]).toContain('answered with an error');
    expect(messages[0]).not.toContain('log in at');
    expect(messages[3]).toContain(`log in at ${users.scenario.app.url}`);
    await users.scenario.login(lin, 'lin');
    expect(await users.statusOf()).toBe('VALID');
  });

  it('answers unclearly gives no administration by group, and the flag of an account stays', async () => {
    await users.scenario.configure({ oidc: { adminGroup: 'crew' } });
    users.scenario.provider.people.find(({ username }) => username === 'lin')!.groups = ['crew'];
    users.expire();
    expect(await users.statusOf()).toBe('VALID');
    expect((await users.scenario.app.ask(lin, USERS)).code).toBeUndefined();
    answering(400, '');
    users.expire();
    expect((await users.scenario.app.ask(lin, USERS)).code).toBe('FORBIDDEN');
    const { id } = (await users.scenario.app.ask(lin, ME)).data.me;
    await users.scenario.app.ask(users.scenario.app.admin, SET_ADMIN, { input: { userId: id, isAdmin: true } });
    expect((await users.scenario.app.ask(lin, USERS)).code).toBeUndefined();
  });
});

describe('An unclear answer', () => {
  let scenario: HostileScenario;
  /** Who logs in, and whose grants are refreshed. */
  let person = 'lin';
  let isUnclear = false;
  const secrets = new Map<string, string>();
  beforeEach(async () => {
    scenario = await HostileScenario.open();
    isUnclear = false;
    await scenario.issuer('office', {
      claims: (honest) => ({ ...honest, sub: `sub-${person}`, preferred_username: person }),
      userinfo: () => ({ sub: `sub-${person}`, preferred_username: person, email: `${person}@example.com` }),
      answer: (endpoint, _request, response) => {
        const instead = endpoint === 'token' && isUnclear;
        if (instead) response.writeHead(400).end('{"error":"unauthorized_client"}');
        return instead;
      },
    });
    for (const name of ['lin', 'sam']) {
      person = name;
      const browser = new Browser();
      await scenario.login(browser);
      secrets.set(name, await scenario.secretOf(browser));
    }
  });
  afterEach(() => scenario.close());

  const statusOf = async (name: string, unclear = isUnclear) => {
    [person, isUnclear] = [name, unclear];
    return (await scenario.verify(name, secrets.get(name)!)).status as string;
  };
  const wait = (seconds: number) => scenario.app.clock.advance(seconds);

  it('to everybody, for three days, ends no login', async () => {
    for (let hours = 0; hours < 72; hours++) {
      wait(HOUR_SECONDS + 1);
      expect([await statusOf('lin', true), await statusOf('sam', true)]).toEqual(Array(2).fill('REFRESH_UNCLEAR'));
    }
    wait(HOUR_SECONDS + 1);
    expect([await statusOf('lin', false), await statusOf('sam', false)]).toEqual(['VALID', 'VALID']);
  });

  it('about one person ends that grant after a day in which others were refreshed', async () => {
    for (let hours = 0; hours < 24; hours++) {
      wait(HOUR_SECONDS + 1);
      expect(await statusOf('sam', false)).toBe('VALID');
      expect(await statusOf('lin', true)).toBe('REFRESH_UNCLEAR');
    }
    for (let hours = 0; hours < 2; hours++) {
      wait(HOUR_SECONDS + 1);
      expect(await statusOf('sam', false)).toBe('VALID');
      await statusOf('lin', true);
    }
    wait(HOUR_SECONDS + 1);
    expect(await statusOf('lin', false)).toBe('REFRESH_REJECTED');
    await scenario.login(new Browser());
    expect(await statusOf('lin', false)).toBe('VALID');
  });

  it('leaves the clock standing while nobody is refreshed', async () => {
    wait(HOUR_SECONDS + 1);
    expect([await statusOf('sam', false), await statusOf('lin', true)]).toEqual(['VALID', 'REFRESH_UNCLEAR']);
    wait(10 * 24 * HOUR_SECONDS);
    expect([await statusOf('sam', false), await statusOf('lin', true)]).toEqual(['VALID', 'REFRESH_UNCLEAR']);
    wait(HOUR_SECONDS + 1);
    expect(await statusOf('lin', false)).toBe('VALID');
  });
});

describe('A refresh whose tokens are of another person', () => {
  it('is never taken, by itself or by a later answer that names nobody, and heals once the person is named', async () => {
    const scenario = await HostileScenario.open();
    let isOther = false;
    let hasIdToken = true;
    const issuer = await scenario.issuer('stranger', {
      claims: (honest) => (isOther ? { ...honest, sub: 'somebody-else' } : honest),
      tokens: (honest, form) =>
        hasIdToken || form.get('grant_type') !== 'refresh_token' ? honest : { ...honest, id_token: undefined },
      userinfo: (honest) => (isOther ? { ...honest, sub: 'somebody-else' } : honest),
      answer: (endpoint, _request, response) => {
        if (endpoint === 'userinfo' && !hasIdToken) response.writeHead(503).end();
        return endpoint === 'userinfo' && !hasIdToken;
      },
    });
    const browser = await scenario.loggedIn(issuer);
    const secret = await scenario.secretOf(browser);
    const statusAfter = async (seconds: number) => {
      scenario.app.clock.advance(seconds);
      return (await scenario.verify('stranger', secret)).status as string;
    };
    isOther = true;
    expect(await statusAfter(301)).toBe('REFRESH_UNCLEAR');
    isOther = false;
    hasIdToken = false;
    expect(await statusAfter(PAUSE_SECONDS)).toBe('REFRESH_UNCLEAR');
    expect(await statusAfter(PAUSE_SECONDS * 4)).toBe('REFRESH_UNCLEAR');
    hasIdToken = true;
    expect(await statusAfter(PAUSE_SECONDS * 16)).toBe('VALID');
    await scenario.close();
  });
});

describe('A rotated refresh token that was stored by a process that died before it had verified the answer', () => {
  let scenario: HostileScenario;
  let secret: string;
  let hasIdToken: boolean;
  let hasUserinfo: boolean;
  let asksOfUserinfo: () => number;
  beforeEach(async () => {
    scenario = await HostileScenario.open();
    [hasIdToken, hasUserinfo] = [true, true];
    const issuer = await scenario.issuer(
      'killed',
      {
        tokens: (honest) => (hasIdToken ? honest : { ...honest, id_token: undefined }),
        answer: (endpoint, _request, response) => {
          const isBroken = endpoint === 'userinfo' && !hasUserinfo;
          if (isBroken) response.writeHead(503).end();
          return isBroken;
        },
      },
      { groupsClaim: null },
    );
    asksOfUserinfo = () => issuer.timesAsked('userinfo');
    secret = await scenario.secretOf(await scenario.loggedIn(issuer));
    const grants = scenario.app.nest.get(DataSource).getRepository(ProviderGrant);
    const [grant] = await grants.find();
    const store = scenario.app.nest.get(GrantStore, { strict: false });
    const lease = await store.lease(grant!);
    expect(await store.keepRefreshToken(lease!, 'r2')).toBe(true);
    // The lease of the dead process has run out.
    await grants.update({ userId: grant!.userId }, { leaseUntil: '1' });
  });
  afterEach(() => scenario.close());

  const statusAfter = async (seconds: number) => {
    scenario.app.clock.advance(seconds);
    return (await scenario.verify('killed', secret)).status as string;
  };

  it('heals with the next ID token', async () => {
    expect(await statusAfter(301)).toBe('VALID');
    hasIdToken = false;
    const before = asksOfUserinfo();
    expect([await statusAfter(301), asksOfUserinfo()]).toEqual(['VALID', before]);
  });

  it('heals with the next userinfo', async () => {
    hasIdToken = false;
    const before = asksOfUserinfo();
    expect([await statusAfter(301), asksOfUserinfo()]).toEqual(['VALID', before + 1]);
  });

  it('is unclear with neither, while userinfo is asked at each try', async () => {
    [hasIdToken, hasUserinfo] = [false, false];
    const before = asksOfUserinfo();
    expect([await statusAfter(301), asksOfUserinfo()]).toEqual(['REFRESH_UNCLEAR', before + 1]);
    expect([await statusAfter(61), asksOfUserinfo()]).toEqual(['REFRESH_UNCLEAR', before + 2]);
    hasUserinfo = true;
    expect(await statusAfter(244)).toBe('VALID');
  });
});
