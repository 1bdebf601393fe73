import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ServerResponse } from 'node:http';
import { Browser } from './support/browser.js';
import { AUDIT, GENERATE, ME, SET_DISABLED, USERS } from './support/documents.js';
import { OidcScenario } from './support/oidc-scenario.js';
import { pausedRequest } from './support/paused-requests.js';

const TOKEN_SECONDS = 600;
const RECHECK_SECONDS = 60;
/** Longer than a silent provider is left alone. */
const PAUSE_SECONDS = 31;

describe('The life of a CLI secret', () => {
  let scenario: OidcScenario;
  let lin: Browser;
  let secret: string;

  beforeEach(async () => {
    scenario = await OidcScenario.open({
      idTokenSeconds: TOKEN_SECONDS,
      oidc: { recheckMinutes: RECHECK_SECONDS / 60 },
    });
    lin = await scenario.onboarded('lin');
    secret = await scenario.secretOf(lin);
  });
  afterEach(() => scenario.close());

  const verify = () => scenario.verify('lin', secret);
  const statusNow = async () => (await verify()).status as string;
  const expire = () => scenario.app.clock.advance(RECHECK_SECONDS + 1);
  const identity = async () => (await scenario.app.ask(lin, ME)).data.me.oidcIdentity;
  const audited = async (action: string) => {
    const { data } = await scenario.app.ask(scenario.app.admin, AUDIT, { filter: { action }, first: 10 });
    return data.auditEvents.edges.map(({ node }: { node: object }) => node);
  };
  const answering = (status: number, body: string, headers = {}) => {
    scenario.provider.atTokenEndpoint = (_request, response) => void response.writeHead(status, headers).end(body);
  };
  const answeringAgain = () => (scenario.provider.atTokenEndpoint = undefined);

  it('goes on past the expiry of the token, by one refresh that all who ask share', async () => {
    expire();
    expect((await identity()).tokenState).toBe('REFRESHABLE');
    const answers = await Promise.all(Array.from({ length: 30 }, verify));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set(['VALID']));
    expect(scenario.provider.refreshes).toEqual({ succeeded: 1, refused: 0 });
    expect((await identity()).tokenState).toBe('FRESH');
    expect(await statusNow()).toBe('VALID');
    expect(scenario.provider.refreshes.succeeded).toBe(1);
  });

  it('keeps the rotated refresh token, so that the next expiry is no end either', async () => {
    for (const round of [1, 2, 3]) {
      expire();
      expect(await statusNow()).toBe('VALID');
      expect(scenario.provider.refreshes).toEqual({ succeeded: round, refused: 0 });
    }
  });

  it('asks nobody while the token is fresh, and behind the answer in the last fifth of its life', async () => {
    answering(500, '');
    expect(await statusNow()).toBe('VALID');
    answeringAgain();
    scenario.app.clock.advance(RECHECK_SECONDS * 0.9);
    expect(await statusNow()).toBe('VALID');
    for (let tries = 0; tries < 2000 && scenario.provider.refreshes.succeeded === 0; tries++) await identity();
    expect(scenario.provider.refreshes.succeeded).toBe(1);
  });

  it('ends at once when the provider refuses to refresh, and comes back with the next login', async () => {
    scenario.provider.people.splice(0, 1);
    expire();
    const answer = await verify();
    expect(answer).toMatchObject({ valid: false, status: 'REFRESH_REJECTED', principal: null });
    expect(answer.message).toContain(`log in at ${scenario.app.url}`);
    expect(await identity()).toMatchObject({
      tokenState: 'REAUTHENTICATION_REQUIRED',
      reauthenticationReason: 'REFRESH_REJECTED',
    });
    const { data } = await scenario.app.ask(scenario.app.admin, USERS, {
      filter: { tokenState: 'REAUTHENTICATION_REQUIRED' },
    });
    expect(data.users.totalCount).toBe(1);
    expect(await audited('grant.refresh')).toMatchObject([
      { actor: { kind: 'PROVIDER' }, target: { label: 'lin' }, outcome: 'REFUSED', reason: 'REFRESH_REJECTED' },
    ]);
    scenario.provider.people.push({ subject: 'sub-lin', username: 'lin', name: 'Lin Chen', email: 'lin@example.com' });
    await scenario.login(new Browser(), 'lin');
    expect(await statusNow()).toBe('VALID');
  });

  it('is refused with time left where the provider refuses in the last fifth', async () => {
    answering(400, '{"error":"invalid_grant"}');
    scenario.app.clock.advance(RECHECK_SECONDS * 0.9);
    for (let tries = 0; tries < 2000; tries++) if ((await statusNow()) === 'REFRESH_REJECTED') return;
    throw new Error('The refusal was never noticed.');
  });

  const half = (_request: unknown, response: ServerResponse) => {
    response.writeHead(200, { 'content-length': 1000 });
    response.write('{"access_token":');
    response.destroy();
  };
  it.each([
    ['403', 403, 'no'],
    ['404', 404, 'no'],
    ['429', 429, 'no'],
    ['500', 500, 'no'],
    ['garbage', 200, '<html>'],
    ['null', 200, 'null'],
    ['no tokens', 200, '{}'],
    ['an ID token that is none', 200, '{"id_token":"x","access_token":"y"}'],
    ['far too much', 200, 'x'.repeat(50_000_000)],
  ])(
    'answers PROVIDER_UNAVAILABLE for %s, loses nothing, and goes on when the provider is back',
    async (_what, status, body) => {
      answering(status, body);
      expire();
      const answer = await verify();
      expect(answer).toMatchObject({ valid: false, status: 'PROVIDER_UNAVAILABLE' });
      expect(answer.message).toContain('try again');
      expect((await scenario.app.ask(lin, ME)).data.me.cliSecret.status).toBe('PROVIDER_UNAVAILABLE');
      expect(await audited('grant.refresh')).toMatchObject([{ outcome: 'FAILED', reason: 'PROVIDER_UNAVAILABLE' }]);
      answeringAgain();
      scenario.app.clock.advance(PAUSE_SECONDS);
      expect(await statusNow()).toBe('VALID');
    },
  );

  it('answers PROVIDER_UNAVAILABLE for half an answer', async () => {
    scenario.provider.atTokenEndpoint = half;
    expire();
    expect(await statusNow()).toBe('PROVIDER_UNAVAILABLE');
  });

  it.each([
    [400, '{"error":"invalid_client"}'],
    [401, ''],
    [401, '{"error":"unauthorized_client"}'],
  ])('answers PROVIDER_REJECTED_CLIENT for our own fault (%s %s), and loses nothing', async (status, body) => {
    answering(status, body);
    expire();
    expect(await statusNow()).toBe('PROVIDER_REJECTED_CLIENT');
    expect(await audited('cli_secret.verify')).toMatchObject([
      { outcome: 'FAILED', reason: 'PROVIDER_REJECTED_CLIENT' },
    ]);
    answeringAgain();
    scenario.app.clock.advance(PAUSE_SECONDS);
    expect(await statusNow()).toBe('VALID');
  });

  it('leaves a silent provider alone for a moment, and so answers at once', async () => {
    let asked = 0;
    scenario.provider.atTokenEndpoint = (_request, response) => void (asked++, response.writeHead(500).end());
    expire();
    for (let tries = 0; tries < 5; tries++) expect(await statusNow()).toBe('PROVIDER_UNAVAILABLE');
    expect(asked).toBe(1);
  });

  it('counts for the outage grace while the provider is silent, and no longer', async () => {
    await scenario.configure({ oidc: { outageGraceMinutes: 10 } });
    answering(500, '');
    expire();
    expect(await verify()).toMatchObject({ valid: true, status: 'VALID' });
    expect((await identity()).tokenState).toBe('OUTAGE_GRACE');
    const { data } = await scenario.app.ask(scenario.app.admin, USERS, { filter: { tokenState: 'OUTAGE_GRACE' } });
    expect(data.users.totalCount).toBe(1);
    scenario.app.clock.advance(601);
    expect(await statusNow()).toBe('PROVIDER_UNAVAILABLE');
  });

  it('has no outage grace where the provider refuses', async () => {
    await scenario.configure({ oidc: { outageGraceMinutes: 10 } });
    answering(400, '{"error":"invalid_grant"}');
    expire();
    expect(await statusNow()).toBe('REFRESH_REJECTED');
  });

  it('sends nobody to another provider with the refresh tokens of the first, and heals when the settings go back', async () => {
    const other = await OidcScenario.open();
    const endpoint = scenario.provider.issuer;
    const clientSecret = 'provider-client-secret';
    await scenario.configure({ oidc: { endpoint: other.provider.issuer, clientSecret } });
    expire();
    expect(await statusNow()).toBe('PROVIDER_CHANGED');
    expect(other.provider.refreshes).toEqual({ succeeded: 0, refused: 0 });
    await scenario.configure({ oidc: { endpoint, clientSecret } });
    expect(await statusNow()).toBe('VALID');
    expect(scenario.provider.refreshes.succeeded).toBe(1);
    await other.close();
  });

  describe('is decided after the wait', () => {
    /** Holds the refresh back until something else has been done. */
    const duringRefresh = async (step: () => Promise<unknown>) => {
      const held = pausedRequest(scenario.provider);
      expire();
      const verdict = verify();
      const proceed = await held;
      await step();
      proceed();
      return (await verdict).status as string;
    };

    it('when the secret was replaced meanwhile', async () => {
      expect(await duringRefresh(() => scenario.app.ask(lin, GENERATE))).toBe('MISMATCH');
    });

    it('when its owner was disabled meanwhile', async () => {
      const { id } = (await scenario.app.ask(lin, ME)).data.me;
      const input = { userId: id, isDisabled: true };
      expect(await duringRefresh(() => scenario.app.ask(scenario.app.admin, SET_DISABLED, { input }))).toBe(
        'USER_DISABLED',
      );
    });

    it('when the settings were changed meanwhile', async () => {
      expect(await duringRefresh(() => scenario.configure({ oidc: { clientId: 'another' } }))).toBe('PROVIDER_CHANGED');
    });

    it('when its owner has logged in meanwhile: the login wins', async () => {
      expect(await duringRefresh(() => scenario.login(lin, 'lin'))).toBe('VALID');
      expect((await identity()).tokenState).toBe('FRESH');
      expire();
      expect(await statusNow()).toBe('VALID');
    });
  });

  it('counts a token that was expired on arrival for ten seconds, so that not every use refreshes', async () => {
    await scenario.configure({ oidc: { recheckMinutes: 0 } });
    scenario.app.clock.advance(TOKEN_SECONDS + 25);
    for (let uses = 0; uses < 5; uses++) expect(await statusNow()).toBe('VALID');
    expect(scenario.provider.refreshes.succeeded).toBe(1);
  });

  it('gives rights by the groups of the newest tokens: absent keeps, none empties', async () => {
    const person = scenario.provider.people[0]!;
    const groupsAfterRefresh = async () => {
      expire();
      return (await verify()).principal.groups as string[];
    };
    person.groups = ['bridge'];
    expect(await groupsAfterRefresh()).toEqual(['bridge']);
    person.groups = undefined;
    expect(await groupsAfterRefresh()).toEqual(['bridge']);
    person.groups = [];
    expect(await groupsAfterRefresh()).toEqual([]);
    expect((await scenario.app.ask(lin, ME)).data.me.groups).toEqual([]);
  });

  it('ends the rights of an administrator by group with the next token', async () => {
    await scenario.configure({ oidc: { adminGroup: 'mooring-admins' } });
    const person = scenario.provider.people[0]!;
    const isAllowed = async () => (await scenario.app.ask(lin, USERS)).code === undefined;
    expect(await isAllowed()).toBe(true);
    person.groups = ['crew'];
    expire();
    expect(await isAllowed()).toBe(false);
  });
});
