import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { decodeProtectedHeader } from 'jose';
import { once } from 'node:events';
import { IncomingMessage, request as httpRequest } from 'node:http';
import { text } from 'node:stream/consumers';
import { AuditService } from '../src/audit/audit.service.js';
import { SigningKeys } from '../src/registry/keys/signing-keys.service.js';
import { LocalLoginService } from '../src/users/passwords/local-login.service.js';
import { TestApp } from './support/app.js';
import { Browser } from './support/browser.js';
import {
  CONFIGURATION,
  CREATE_RULE,
  CREATE_TOKEN,
  CREATE_USER,
  DELETE_RULE,
  DELETE_TOKEN,
  ME,
  SET_ADMIN,
  SET_DISABLED,
  TEST_PROVIDER,
  TOKENS,
  UPDATE_CONFIGURATION,
} from './support/documents.js';
import { OidcScenario } from './support/oidc-scenario.js';
import { pausedRequest } from './support/paused-requests.js';
import { basic, getToken, TokenAnswer, verifiedClaims } from './support/registry-client.js';

const TOKEN_SECONDS = 300;
const ADMIN_GROUP = 'mooring-admins';
const MISMATCH = { status: 'MISMATCH' };
const ADMIN_TOKEN = { input: { name: 'late', role: 'ADMIN' } };

const replicaOf = ({ environment: { dataDir: DATA_DIR }, adminPassword: ADMIN_PASSWORD, url: PUBLIC_URL }: TestApp) =>
  TestApp.start({ DATA_DIR, ADMIN_PASSWORD, PUBLIC_URL });

describe('A request of an administrator by group that waits for a refresh', () => {
  let scenario: OidcScenario;
  let app: TestApp;
  let lin: Browser;
  let linId: string;
  beforeEach(async () => {
    scenario = await OidcScenario.open({ idTokenSeconds: TOKEN_SECONDS, oidc: { adminGroup: ADMIN_GROUP } });
    app = scenario.app;
    lin = await scenario.onboarded('lin');
    linId = (await app.ask(lin, ME)).data.me.id;
    app.clock.advance(TOKEN_SECONDS + 1);
  });
  afterEach(() => scenario.close());

  const tokenNames = async () =>
    (await app.ask(app.admin, TOKENS, { first: 100 })).data.serviceTokens.edges.map(
      ({ node }: { node: { name: string } }) => node.name,
    );

  it('goes on where nothing has changed meanwhile', async () => {
    const reached = pausedRequest(scenario.provider);
    const answer = app.ask(lin, CREATE_TOKEN, ADMIN_TOKEN);
    (await reached)();
    expect((await answer).code).toBeUndefined();
    expect(scenario.provider.refreshes.succeeded).toBe(1);
  });

  it('is refused where they were disabled meanwhile', async () => {
    const reached = pausedRequest(scenario.provider);
    const answer = app.ask(lin, CREATE_TOKEN, ADMIN_TOKEN);
    const letIn = await reached;
    await app.ask(app.admin, SET_DISABLED, { input: { userId: linId, isDisabled: true } });
    letIn();
    expect((await answer).code).toBe('UNAUTHENTICATED');
    expect(await tokenNames()).not.toContain('late');
  });

  it('is refused where another replica has taken the admin group out of the settings meanwhile', async () => {
    const other = await replicaOf(app);
    try {
      const reached = pausedRequest(scenario.provider);
      const answer = app.ask(lin, CREATE_TOKEN, ADMIN_TOKEN);
      const letIn = await reached;
      await other.configure({ oidc: { adminGroup: 'another group' } });
      letIn();
      expect((await answer).code).toBe('FORBIDDEN');
      expect(await tokenNames()).not.toContain('late');
    } finally {
      await other.stop({ keepData: true });
    }
  });
});

describe('A document of several fields', () => {
  let scenario: OidcScenario;
  let app: TestApp;
  let lin: Browser;
  let linId: string;
  beforeEach(async () => {
    scenario = await OidcScenario.open();
    app = scenario.app;
    lin = await scenario.onboarded('lin');
    linId = (await app.ask(lin, ME)).data.me.id;
    await app.ask(app.admin, SET_ADMIN, { input: { userId: linId, isAdmin: true } });
  });
  afterEach(() => scenario.close());

  const [testing, creating] = [TEST_PROVIDER, CREATE_TOKEN].map((text) => /\{(.*)\}\s*$/s.exec(text)?.[1]);
  const both = `mutation Both($test: TestOidcProviderInput!, $make: CreateServiceTokenInput!) {
    ${testing?.replace('$input', '$test')} ${creating?.replace('$input', '$make')} }`;
  const ask = () => app.ask(lin, both, { test: {}, make: ADMIN_TOKEN.input });

  it('is refused the field that waited, and what comes after it, where its sender was disabled meanwhile', async () => {
    const reached = pausedRequest(scenario.provider, 'atOtherEndpoints');
    const answer = ask();
    const letIn = await reached;
    await app.ask(app.admin, SET_DISABLED, { input: { userId: linId, isDisabled: true } });
    letIn();
    const { errors } = await answer;
    // What comes after a failed field is not begun.
    expect(errors.map(({ path, extensions }) => [path, extensions.code])).toEqual([
      [['testOidcProvider'], 'UNAUTHENTICATED'],
    ]);
    expect((await app.ask(app.admin, TOKENS)).data.serviceTokens.edges).toHaveLength(1);
  });

  it('is refused the fields that come after a wait, where its sender was disabled meanwhile', async () => {
    const audit = app.nest.get(AuditService);
    const write = audit.write.bind(audit);
    jest.spyOn(audit, 'write').mockImplementationOnce(async (entry) => {
      await app.ask(app.admin, SET_DISABLED, { input: { userId: linId, isDisabled: true } });
      await write(entry);
    });
    const { errors } = await ask();
    expect(errors.map(({ path, extensions }) => [path, extensions.code])).toEqual([
      [['createServiceToken'], 'UNAUTHENTICATED'],
    ]);
  });
});

describe('A document of more verifications than are made at once', () => {
  let scenario: OidcScenario;
  beforeEach(async () => (scenario = await OidcScenario.open({ idTokenSeconds: TOKEN_SECONDS })));
  afterEach(() => scenario.close());

  it('is refused the one that waited and those that come after it, where its token was deleted meanwhile', async () => {
    const { app } = scenario;
    const secret = await scenario.secretOf(await scenario.onboarded('lin'));
    const input = { name: 'backend', role: 'VERIFIER' };
    const { token, serviceToken } = (await app.ask(app.admin, CREATE_TOKEN, { input })).data.createServiceToken;
    app.clock.advance(TOKEN_SECONDS + 1);
    const reached = pausedRequest(scenario.provider);
    const fields = ['lin', 'b', 'c', 'd', 'last'].map(
      (alias) => `${alias}: verifyCliSecret(username: "${alias}", secret: $secret) { status }`,
    );
    const text = `query Verify($secret: Secret!) { ${fields.join(' ')} }`;
    const answer = app.ask({ bearer: token as string }, text, { secret });
    const letIn = await reached;
    await app.ask(app.admin, DELETE_TOKEN, { input: { serviceTokenId: serviceToken.id } });
    letIn();
    const { data, errors } = await answer;
    expect(data).toEqual({ lin: null, b: MISMATCH, c: MISMATCH, d: MISMATCH, last: null });
    expect(errors.map(({ path, extensions }) => [path, extensions.code])).toEqual([
      [['lin'], 'INVALID_CREDENTIALS'],
      [['last'], 'INVALID_CREDENTIALS'],
    ]);
  });
});

describe('A registry token that had to wait', () => {
  let scenario: OidcScenario;
  let app: TestApp;
  let other: TestApp;
  let admin: { bearer: string };
  beforeEach(async () => {
    scenario = await OidcScenario.open({ idTokenSeconds: TOKEN_SECONDS });
    app = scenario.app;
    other = await replicaOf(app);
    admin = { bearer: (await app.ask(app.admin, CREATE_TOKEN, ADMIN_TOKEN)).data.createServiceToken.token };
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await other.stop({ keepData: true });
    await scenario.close();
  });

  /** On a stopwatch nothing takes any time from now on. */
  const stopWatches = () => jest.spyOn(performance, 'now').mockReturnValue(performance.now());
  const makeRule = async () => {
    const rule = { repositoryPattern: 'team/**', actions: ['PULL'], subjectKind: 'AUTHENTICATED' };
    return (await app.ask(admin, CREATE_RULE, { input: { rule } })).data.createAccessRule.accessRule.id as string;
  };
  const deleteRule = (accessRuleId: string) => other.ask(admin, DELETE_RULE, { input: { accessRuleId } });
  const setMinutes = async (registryTokenMinutes: number) => {
    const { revision } = (await other.ask(admin, CONFIGURATION)).data.configuration;
    await other.ask(admin, UPDATE_CONFIGURATION, { input: { revision, patch: { registryTokenMinutes } } });
  };
  const askAs = (username: string, secret: string) =>
    getToken(app.url, { service: 'registry', scope: 'repository:team/app:pull' }, basic(username, secret));
  const keyOf = ({ body }: TokenAnswer) => decodeProtectedHeader(body.token as string).kid;
  const decided = async (answer: TokenAnswer) => {
    const { access, exp = 0, iat = 0 } = await verifiedClaims(app.url, answer.body.token, app.clock.now());
    return { access, seconds: exp - iat };
  };

  it('for a refresh, however short, is decided on the rules and settings of after', async () => {
    const secret = await scenario.secretOf(await scenario.onboarded('lin'));
    const ruleId = await makeRule();
    expect((await decided(await askAs('lin', secret))).access).toHaveLength(1);
    stopWatches();
    app.clock.advance(TOKEN_SECONDS + 1);
    const reached = pausedRequest(scenario.provider);
    const answer = askAs('lin', secret);
    const letIn = await reached;
    await deleteRule(ruleId);
    await setMinutes(60);
    letIn();
    expect(await decided(await answer)).toEqual({ access: [], seconds: 3600 });
  });

  it('for a password, however short, is decided on the settings and keys of after', async () => {
    const logins = app.nest.get(LocalLoginService, { strict: false });
    const verify = logins.verify.bind(logins);
    const keys = other.nest.get(SigningKeys, { strict: false });
    const before = await askAs('admin', app.adminPassword);
    jest.spyOn(logins, 'verify').mockImplementationOnce(async (...credentials) => {
      const user = await verify(...credentials);
      await setMinutes(60);
      await keys.rotate(0);
      return user;
    });
    stopWatches();
    const answer = await askAs('admin', app.adminPassword);
    expect((await decided(answer)).seconds).toBe(3600);
    expect(keyOf(answer)).not.toBe(keyOf(before));
  });
});

describe('A login that waits for the provider', () => {
  let scenario: OidcScenario;
  let other: TestApp;
  beforeEach(async () => {
    scenario = await OidcScenario.open({ oidc: { autoOnboard: true } });
    other = await replicaOf(scenario.app);
  });
  afterEach(async () => {
    await other.stop({ keepData: true });
    await scenario.close();
  });

  const landed = async (browser: Browser, oidc: object) => {
    const callback = await scenario.submitAndStopBeforeCallback(browser, 'lin');
    const reached = pausedRequest(scenario.provider);
    const answer = browser.fetch(callback.href);
    const letIn = await reached;
    await other.configure({ oidc });
    letIn();
    const { status, headers } = await answer;
    return [status, headers.get('location')];
  };

  it('is refused where another replica has configured another client meanwhile', async () => {
    const browser = new Browser();
    expect(await landed(browser, { clientId: 'another', clientSecret: 'another' })).toEqual([403, null]);
    expect((await scenario.app.ask(browser, ME)).data.me).toBeNull();
  });

  it('makes no account by itself where another replica has turned that off meanwhile', async () => {
    expect(await landed(new Browser(), { autoOnboard: false })).toEqual([302, '/onboarding']);
  });
});

describe('A request whose body is still on its way', () => {
  it('is decided on the session as it is once the body has come', async () => {
    const app = await TestApp.start();
    try {
      const input = { username: 'ida', password: 'First-password-1', email: 'ida@example.com', isAdmin: true };
      const { id } = (await app.ask(app.admin, CREATE_USER, { input })).data.createUser.user;
      const ida = await app.loggedIn('ida', input.password);
      const body = JSON.stringify({ query: CREATE_TOKEN, variables: ADMIN_TOKEN });
      const headers = { 'content-type': 'application/json', cookie: await ida.jar.getCookieString(app.url) };
      const request = httpRequest(`${app.url}/graphql`, { method: 'POST', headers });
      const answered = once(request, 'response') as Promise<[IncomingMessage]>;
      const reached = once(app.nest.getHttpServer(), 'request');
      request.write(body.slice(0, 20));
      await reached;
      await app.ask(app.admin, SET_DISABLED, { input: { userId: id, isDisabled: true } });
      request.end(body.slice(20));
      const [response] = await answered;
      expect(await text(response)).toContain('"UNAUTHENTICATED"');
    } finally {
      await app.stop();
    }
  });
});
