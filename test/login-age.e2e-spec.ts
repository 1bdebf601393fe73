import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Browser } from './support/browser.js';
import { CLI_SECRET, CREATE_TOKEN, ME, SET_ADMIN, TOKENS } from './support/documents.js';
import { HostileIssuer, Misbehaviour } from './support/hostile-provider.js';
import { HostileScenario } from './support/hostile-scenario.js';

const DAY_SECONDS = 86_400;
const ENDED_BY = 'query EndedBy { loginOptions { endedBy } }';
const SAVE = `mutation Save($input: UpdateConfigurationInput!) {
  updateConfiguration(input: $input) { configuration { revision } warnings }
}`;

type Answering = NonNullable<Misbehaviour['answer']>;

describe('The age of a login, at a provider that refreshes for ever', () => {
  let scenario: HostileScenario;
  let lin: HostileIssuer;
  let browser: Browser;
  let secret: string;
  let answering: Answering;
  beforeEach(async () => {
    scenario = await HostileScenario.open();
    answering = () => false;
    const answer: Answering = (...asked) => answering(...asked);
    await scenario.app.configure({ sessionIdleMinutes: 10_080, sessionMaximumMinutes: 43_200 });
    lin = await scenario.issuer('lin', { answer });
    browser = await scenario.loggedIn(lin);
    secret = await scenario.secretOf(browser);
  });
  afterEach(() => scenario.close());

  const limit = (maxSignInDays: number) => scenario.app.configure({ oidc: { maxSignInDays } });
  const pass = (days: number) => scenario.app.clock.advance(days * DAY_SECONDS);
  const status = async () => (await scenario.verify('lin', secret)).status as string;
  const refreshes = () => lin.asked.filter(({ form }) => form.get('grant_type') === 'refresh_token').length;
  const session = async () => {
    const { code, errors } = await scenario.app.ask(browser, CLI_SECRET);
    const { data } = await scenario.app.ask(browser, ENDED_BY);
    const reason = (errors?.[0]?.extensions as { reason?: string } | undefined)?.reason;
    return [(await scenario.me(browser)) !== null, code, reason, data.loginOptions.endedBy];
  };
  const good = [true, undefined, undefined, null];
  const tooOld = [false, 'UNAUTHENTICATED', 'LOGIN_TOO_OLD', 'LOGIN_TOO_OLD'];

  it('has no limit by default', async () => {
    pass(6);
    expect([await status(), await session()]).toEqual(['VALID', good]);
  });

  it('ends the secret and the session on the day, whatever the provider says, until the next login', async () => {
    await limit(3);
    pass(2.9);
    expect([await status(), await session()]).toEqual(['VALID', good]);
    const before = refreshes();
    pass(0.1);
    const { message, ...answer } = await scenario.verify('lin', secret);
    expect(answer).toMatchObject({ valid: false, status: 'LOGIN_TOO_OLD', principal: null });
    expect(message).toContain('longer ago than an administrator allows: log in at ');
    expect([await session(), refreshes()]).toEqual([tooOld, before]);
    browser = await scenario.loggedIn(lin);
    expect([await status(), await session()]).toEqual(['VALID', good]);
    const { oidcIdentity } = (await scenario.app.ask(browser, ME)).data.me;
    expect(oidcIdentity).toMatchObject({ tokenState: 'FRESH', reauthenticationReason: null });
  });

  it('holds at once when it is set, and lets go at once', async () => {
    pass(2);
    expect(await status()).toBe('VALID');
    await limit(1);
    expect([await status(), await session()]).toEqual(['LOGIN_TOO_OLD', tooOld]);
    await limit(0);
    expect([await status(), await session()]).toEqual(['VALID', good]);
  });

  it('is not stretched by the outage grace', async () => {
    await scenario.app.configure({ oidc: { maxSignInDays: 1, outageGraceMinutes: 10_080 } });
    pass(0.9);
    answering = (endpoint, _request, response) => endpoint === 'token' && Boolean(response.writeHead(503).end());
    const inGrace = await scenario.verify('lin', secret);
    expect(inGrace).toMatchObject({ status: 'VALID' });
    expect(Date.parse(inGrace.validUntil)).toBeLessThanOrEqual(scenario.app.clock.secondsFromNow(8640).getTime());
    pass(0.1);
    expect(await status()).toBe('LOGIN_TOO_OLD');
  });

  it('ends administration, and the ADMIN service tokens of the person', async () => {
    const { id: userId } = (await scenario.app.ask(browser, ME)).data.me;
    await scenario.app.ask(scenario.app.admin, SET_ADMIN, { input: { userId, isAdmin: true } });
    const created = await scenario.app.ask(browser, CREATE_TOKEN, { input: { name: 'ci', role: 'ADMIN' } });
    const bearer = created.data.createServiceToken.token as string;
    const codes = async () => [
      (await scenario.app.ask(browser, TOKENS)).code,
      (await scenario.app.ask({ bearer }, TOKENS)).code,
    ];
    await limit(1);
    expect(await codes()).toEqual([undefined, undefined]);
    pass(1);
    expect(await codes()).toEqual(['UNAUTHENTICATED', 'INVALID_CREDENTIALS']);
    const { data } = await scenario.app.ask(scenario.app.admin, TOKENS);
    expect(data.serviceTokens.edges[0].node.inactiveReason).toBe('CREATOR_LOGIN_ENDED');
    browser = await scenario.loggedIn(lin);
    expect(await codes()).toEqual([undefined, undefined]);
  });

  it('is told when the limit is saved: how many people have to log in again', async () => {
    const save = async (oidc: object) => {
      const { data } = await scenario.app.ask(scenario.app.admin, 'query R { configuration { revision } }');
      const input = { revision: data.configuration.revision, patch: { oidc } };
      return (await scenario.app.ask(scenario.app.admin, SAVE, { input })).data.updateConfiguration
        .warnings as string[];
    };
    pass(2);
    expect(await save({ maxSignInDays: 3 })).toEqual([
      expect.stringMatching(/^oidc\.maxSignInDays: nobody has to log in again/),
    ]);
    expect(await save({ maxSignInDays: 1 })).toEqual([
      expect.stringMatching(/^oidc\.maxSignInDays: 1 person has to log in again/),
    ]);
    expect(await save({ maxSignInDays: 1 })).toEqual([]);
    expect(await save({ maxSignInDays: 0 })).toEqual([]);
    expect(await save({ name: 'Office' })).toEqual([]);
  });
});
