import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { GrantStore } from '../src/grants/grant-store.service.js';
import { Browser } from './support/browser.js';
import { Asker, TestApp } from './support/app.js';
import {
  CREATE_TOKEN,
  CREATE_USER,
  DELETE_USER,
  LOGIN_OPTIONS,
  ME,
  SET_ADMIN,
  SET_DISABLED,
  TOKENS,
  VERIFY,
} from './support/documents.js';
import { OidcScenario } from './support/oidc-scenario.js';

const TOKEN_SECONDS = 300;
const ADMIN_GROUP = 'mooring-admins';
const PASSWORD = 'First-password-1';

const IDENTITY = 'query Identity($id: ID!) { user(id: $id) { oidcIdentity { tokenState } } }';

type Role = 'ADMIN' | 'VERIFIER' | 'METRICS';

/** Somebody makes a service token of each kind: who shows it is answered so. */
async function tokensBy(app: TestApp, creator: Browser) {
  const tokenFor = async (role: Role) =>
    (await app.ask(creator, CREATE_TOKEN, { input: { name: role, role } })).data.createServiceToken.token as string;
  const [admin, verifier, metrics] = [await tokenFor('ADMIN'), await tokenFor('VERIFIER'), await tokenFor('METRICS')];
  const code = async (bearer: string, document: string, variables = {}) =>
    (await app.ask({ bearer }, document, variables)).code ?? 'GOOD';
  return {
    forAdministration: () => code(admin, TOKENS),
    forAnything: () => code(admin, LOGIN_OPTIONS),
    forVerification: () => code(verifier, VERIFY, { username: 'nobody', secret: 'x' }),
    forMetrics: async () =>
      (await fetch(`${app.url}/metrics`, { headers: { authorization: `Bearer ${metrics}` } })).status,
  };
}

describe('Administration of an OIDC user', () => {
  let scenario: OidcScenario;
  let app: TestApp;
  let lin: Browser;
  let linId: string;
  beforeEach(async () => {
    scenario = await OidcScenario.open({ idTokenSeconds: TOKEN_SECONDS });
    app = scenario.app;
    lin = await scenario.onboarded('lin');
    linId = (await app.ask(lin, ME)).data.me.id;
  });
  afterEach(() => scenario.close());

  const makeAdmin = (isAdmin: boolean) => app.ask(app.admin, SET_ADMIN, { input: { userId: linId, isAdmin } });
  const administers = async () => (await app.ask(lin, TOKENS)).code ?? 'GOOD';
  const isLoggedIn = async () => (await app.ask(lin, ME)).data.me !== null;
  const refuse = async () => {
    const secret = await scenario.secretOf(lin);
    scenario.provider.atTokenEndpoint = (_request, response) =>
      void response.writeHead(400).end('{"error":"invalid_grant"}');
    app.clock.advance(TOKEN_SECONDS + 1);
    expect((await scenario.verify('lin', secret)).status).toBe('REFRESH_REJECTED');
    scenario.provider.atTokenEndpoint = undefined;
  };
  const changeProvider = (clientId: string) => scenario.configure({ oidc: { clientId, clientSecret: 'another' } });

  it('by grant ends when the provider refuses to refresh, and comes back with the next login', async () => {
    await makeAdmin(true);
    const tokens = await tokensBy(app, lin);
    expect([await administers(), await tokens.forAdministration()]).toEqual(['GOOD', 'GOOD']);
    await refuse();
    expect([await administers(), await tokens.forAdministration()]).toEqual(['FORBIDDEN', 'INVALID_CREDENTIALS']);
    expect((await app.ask(app.admin, TOKENS, { first: 100 })).data.serviceTokens.edges).toContainEqual(
      expect.objectContaining({
        node: expect.objectContaining({ role: 'ADMIN', inactiveReason: 'CREATOR_LOGIN_ENDED' }) as object,
      }),
    );
    expect(await isLoggedIn()).toBe(true);
    expect((await app.ask(lin, TOKENS)).errors[0]?.extensions.reason).toBe('PROVIDER_LOGIN_ENDED');
    expect((await app.ask(lin, VERIFY, { username: 'lin', secret: 'x' })).errors[0]?.extensions.reason).toBeUndefined();
    await scenario.login(lin, 'lin');
    expect([await administers(), await tokens.forAdministration()]).toEqual(['GOOD', 'GOOD']);
  });

  it('by grant leads to a question behind the answer once the token has expired, and ends when that is refused', async () => {
    await makeAdmin(true);
    const tokens = await tokensBy(app, lin);
    scenario.provider.people.splice(0, 1);
    app.clock.advance(TOKEN_SECONDS + 1);
    expect(await administers()).toBe('GOOD');
    for (let tries = 0; tries < 2000 && (await administers()) === 'GOOD'; tries++);
    expect([await administers(), await tokens.forAdministration()]).toEqual(['FORBIDDEN', 'INVALID_CREDENTIALS']);
    expect(scenario.provider.refreshes).toEqual({ succeeded: 0, refused: 1 });
  });

  it('by grant reads no grant while the token is far from its end', async () => {
    await makeAdmin(true);
    const reads = jest.spyOn(app.nest.get(GrantStore, { strict: false }), 'of');
    expect([await administers(), reads.mock.calls.length]).toEqual(['GOOD', 0]);
    app.clock.advance(TOKEN_SECONDS + 1);
    expect([await administers(), reads.mock.calls.length]).toEqual(['GOOD', 1]);
  });

  it('by grant goes on while the provider is silent', async () => {
    await makeAdmin(true);
    await scenario.secretOf(lin);
    scenario.provider.atTokenEndpoint = (_request, response) => void response.writeHead(500).end();
    app.clock.advance(TOKEN_SECONDS + 1);
    const failure = async () => (await app.ask(lin, ME)).data.me.cliSecret.status as string;
    for (let tries = 0; tries < 2000 && (await failure()) !== 'PROVIDER_UNAVAILABLE'; tries++);
    expect([await failure(), await administers()]).toEqual(['PROVIDER_UNAVAILABLE', 'GOOD']);
  });

  it('by grant ends with a logout at the provider', async () => {
    await scenario.configure({ oidc: { scope: 'openid,profile,email,groups' } });
    await makeAdmin(true);
    const phone = new Browser();
    await scenario.login(phone, 'lin');
    const tokens = await tokensBy(app, phone);
    // A session that the logout does not name, for its login was another one at the provider.
    expect(await administers()).toBe('GOOD');
    await scenario.logOutAtProvider(phone);
    expect([await administers(), await tokens.forAdministration()]).toEqual(['FORBIDDEN', 'INVALID_CREDENTIALS']);
  });

  it('by grant ends while another client of the provider is configured', async () => {
    await makeAdmin(true);
    const tokens = await tokensBy(app, lin);
    await changeProvider('another');
    expect([await administers(), await tokens.forAdministration()]).toEqual(['FORBIDDEN', 'INVALID_CREDENTIALS']);
    await changeProvider('mooring');
    expect([await administers(), await tokens.forAdministration()]).toEqual(['GOOD', 'GOOD']);
  });

  it('by grant lasts as long as the session where the provider gives no refresh token', async () => {
    await scenario.configure({ oidc: { scope: 'openid,profile,email,groups', extraRedirectParameters: [] } });
    await makeAdmin(true);
    await scenario.login(lin, 'lin');
    const tokens = await tokensBy(app, lin);
    app.clock.advance(TOKEN_SECONDS + 1);
    expect((await app.ask(lin, ME)).data.me.oidcIdentity.reauthenticationReason).toBe('NO_REFRESH_TOKEN');
    expect([await administers(), await tokens.forAdministration()]).toEqual(['GOOD', 'GOOD']);
  });

  it('by group lasts as long as the token where the provider gives no refresh token', async () => {
    const scope = 'openid,profile,email,groups';
    await scenario.configure({ oidc: { scope, extraRedirectParameters: [], adminGroup: ADMIN_GROUP } });
    await scenario.login(lin, 'lin');
    const tokens = await tokensBy(app, lin);
    app.clock.advance(TOKEN_SECONDS + 1);
    expect([await administers(), await tokens.forAdministration()]).toEqual(['FORBIDDEN', 'INVALID_CREDENTIALS']);
  });

  it('by group counts for an ADMIN token by the groups last told, without asking the provider', async () => {
    await scenario.configure({ oidc: { adminGroup: ADMIN_GROUP } });
    const tokens = await tokensBy(app, lin);
    app.clock.advance(TOKEN_SECONDS + 1);
    expect([await tokens.forAdministration(), scenario.provider.refreshes.succeeded]).toEqual(['GOOD', 0]);
    await scenario.configure({ oidc: { adminGroup: 'another group' } });
    expect(await tokens.forAdministration()).toBe('INVALID_CREDENTIALS');
    await scenario.configure({ oidc: { adminGroup: ADMIN_GROUP } });
    expect(await tokens.forAdministration()).toBe('GOOD');
    await refuse();
    expect(await tokens.forAdministration()).toBe('INVALID_CREDENTIALS');
  });

  it('by group that was answered unclearly comes back for an ADMIN token by itself, at the pace of unclear grants', async () => {
    await scenario.configure({ oidc: { adminGroup: ADMIN_GROUP, recheckMinutes: 1 } });
    const secret = await scenario.secretOf(lin);
    const tokens = await tokensBy(app, lin);
    scenario.provider.atTokenEndpoint = (_request, response) => void response.writeHead(400).end();
    app.clock.advance(61);
    expect((await scenario.verify('lin', secret)).status).toBe('REFRESH_UNCLEAR');
    for (let uses = 0; uses < 3; uses++) expect(await tokens.forAdministration()).toBe('INVALID_CREDENTIALS');
    scenario.provider.atTokenEndpoint = undefined;
    app.clock.advance(61);
    expect(await tokens.forAdministration()).toBe('INVALID_CREDENTIALS');
    const identity = async () =>
      (await app.ask(app.admin, IDENTITY, { id: linId })).data.user.oidcIdentity.tokenState as string;
    for (let tries = 0; tries < 2000 && (await identity()) !== 'FRESH'; tries++);
    expect([await tokens.forAdministration(), scenario.provider.refreshes.succeeded]).toEqual(['GOOD', 1]);
  });
});

describe('Service tokens of a local administrator', () => {
  let app: TestApp;
  let ida: Browser;
  let idaId: string;
  beforeEach(async () => {
    app = await TestApp.start();
    const input = { username: 'ida', password: PASSWORD, email: 'ida@example.com', isAdmin: true };
    idaId = (await app.ask(app.admin, CREATE_USER, { input })).data.createUser.user.id;
    ida = await app.loggedIn('ida', PASSWORD);
  });
  afterEach(() => app.stop());

  const change = (document: string, input: object = {}) =>
    app.ask(app.admin, document, { input: { userId: idaId, ...input } });

  it.each([
    ['disabled', SET_DISABLED, { isDisabled: true }, { isDisabled: false }],
    ['demoted', SET_ADMIN, { isAdmin: false }, { isAdmin: true }],
  ])(
    'do not administer while the administrator is %s; those for registries and metrics go on',
    async (_how, document, off, on) => {
      const tokens = await tokensBy(app, ida);
      await change(document, off);
      expect([await tokens.forAdministration(), await tokens.forAnything()]).toEqual([
        'INVALID_CREDENTIALS',
        'INVALID_CREDENTIALS',
      ]);
      expect([await tokens.forVerification(), await tokens.forMetrics()]).toEqual(['GOOD', 200]);
      await change(document, on);
      expect(await tokens.forAdministration()).toBe('GOOD');
    },
  );

  it('do not administer once the administrator is deleted; those for registries and metrics go on', async () => {
    const tokens = await tokensBy(app, ida);
    await change(DELETE_USER);
    expect(await tokens.forAdministration()).toBe('INVALID_CREDENTIALS');
    expect([await tokens.forVerification(), await tokens.forMetrics()]).toEqual(['GOOD', 200]);
  });

  const shown = async () => {
    const { data } = await app.ask(app.admin, TOKENS, { first: 100 });
    return data.serviceTokens.edges.map(({ node }: { node: Record<string, unknown> }) => [
      node.name,
      node.createdBy,
      node.createdByName,
      node.inactiveReason,
    ]);
  };
  const makeToken = (creator: Asker, name: string, role: Role, expiresAt?: Date) =>
    app.ask(creator, CREATE_TOKEN, { input: { name, role, expiresAt } });

  it('are listed with their creator, and why they do not count', async () => {
    const made = (await makeToken(ida, 'ci', 'ADMIN')).data.createServiceToken.serviceToken;
    expect(made).toMatchObject({ createdBy: { username: 'ida' }, inactiveReason: null });
    await makeToken(ida, 'registry', 'VERIFIER');
    await makeToken(app.admin, 'host', 'ADMIN');
    const byIda = { username: 'ida' };
    const others = [
      ['host', { username: 'admin' }, 'admin', null],
      ['registry', byIda, 'ida', null],
    ];
    expect(await shown()).toEqual([...others, ['ci', byIda, 'ida', null]]);
    await change(SET_ADMIN, { isAdmin: false });
    expect(await shown()).toEqual([...others, ['ci', byIda, 'ida', 'CREATOR_NOT_ADMIN']]);
    await change(SET_DISABLED, { isDisabled: true });
    expect(await shown()).toEqual([...others, ['ci', byIda, 'ida', 'CREATOR_DISABLED']]);
    await change(DELETE_USER);
    expect(await shown()).toEqual([others[0], ['registry', null, 'ida', null], ['ci', null, 'ida', 'CREATOR_DELETED']]);
  });

  it('are listed as expired once they are', async () => {
    await makeToken(ida, 'short', 'VERIFIER', app.clock.secondsFromNow(60));
    app.clock.advance(61);
    expect(await shown()).toEqual([['short', { username: 'ida' }, 'ida', 'EXPIRED']]);
  });

  it('are named by the answer that disables the administrator, with the number of sessions that ended', async () => {
    await makeToken(ida, 'ci', 'ADMIN');
    await makeToken(ida, 'registry', 'VERIFIER');
    await makeToken(ida, 'short', 'ADMIN', app.clock.secondsFromNow(60));
    await app.loggedIn('ida', PASSWORD);
    app.clock.advance(61);
    const ended = async (isDisabled: boolean) =>
      (await change(SET_DISABLED, { isDisabled })).data.setUserDisabled.ended as object;
    const ci = { name: 'ci', inactiveReason: 'CREATOR_DISABLED' };
    expect(await ended(true)).toEqual({ sessions: 2, serviceTokens: [ci] });
    expect(await ended(true)).toEqual({ sessions: 0, serviceTokens: [] });
    expect(await ended(false)).toBeNull();
    expect(await ended(true)).toEqual({ sessions: 0, serviceTokens: [ci] });
    await change(SET_ADMIN, { isAdmin: false });
    await change(SET_DISABLED, { isDisabled: false });
    expect(await ended(true)).toEqual({ sessions: 0, serviceTokens: [] });
  });
});
