import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { ProviderGrant } from '../src/grants/index.js';
import { RefreshRecord } from '../src/oidc/refresh/refresh-record.service.js';
import { Asker } from './support/app.js';
import { Browser } from './support/browser.js';
import { CREATE_TOKEN, UPDATE_CONFIGURATION } from './support/documents.js';
import { HostileIssuer, Misbehaviour } from './support/hostile-provider.js';
import { HostileScenario } from './support/hostile-scenario.js';

const REVISION = 'query Revision { configuration { revision oidc { confirmAtUserinfo } } }';
/** A little longer than a token of the provider counts. */
const LIFE_SECONDS = 301;

type Userinfo = NonNullable<Misbehaviour['userinfo']>;

describe('Confirmation of each refresh at userinfo', () => {
  let scenario: HostileScenario;
  let issuer: HostileIssuer;
  let browser: Browser;
  let status: number;
  let userinfo: Userinfo;

  beforeEach(async () => {
    scenario = await HostileScenario.open();
    await scenario.app.configure({ sessionIdleMinutes: 10_080, sessionMaximumMinutes: 43_200 });
    status = 200;
    userinfo = (honest) => ({ ...honest, groups: ['admins', 'crew'] });
    const misbehaviour: Misbehaviour = {
      userinfo: (honest) => userinfo(honest),
      answer: (endpoint, _request, response) => {
        const isBroken = endpoint === 'userinfo' && status !== 200;
        if (isBroken) response.writeHead(status).end();
        return isBroken;
      },
    };
    issuer = await scenario.issuer('confirmed', misbehaviour, { adminGroup: 'admins' });
    browser = await scenario.loggedIn(issuer);
  });
  afterEach(() => scenario.close());

  const stored = async (asker: Asker = scenario.app.admin) =>
    (await scenario.app.ask(asker, REVISION)).data.configuration;
  const configure = async (asker: Asker, oidc: object) => {
    const { revision } = await stored(asker);
    const answer = await scenario.app.ask(asker, UPDATE_CONFIGURATION, { input: { revision, patch: { oidc } } });
    const [problem] = answer.errors?.[0]?.extensions.fields ?? [];
    return problem ? [answer.code, problem.code, problem.message] : answer.code;
  };
  const isOn = async () => (await stored()).oidc.confirmAtUserinfo;
  const on = { confirmAtUserinfo: true };
  const refusal = (text: string) => ['BAD_USER_INPUT', 'NOT_CONFIRMED', expect.stringContaining(text)];
  const pass = (seconds = LIFE_SECONDS) => scenario.app.clock.advance(seconds);
  const verify = async (secret: string) => {
    const answer = await scenario.verify(issuer.username, secret);
    return [answer.status, answer.principal?.groups];
  };

  it('is switched on by an administrator for whom userinfo answers, and off by anybody who may', async () => {
    expect(await configure(browser, on)).toBeUndefined();
    expect(await isOn()).toBe(true);
    expect(await configure(scenario.app.admin, { confirmAtUserinfo: false })).toBeUndefined();
    expect(await isOn()).toBe(false);
  });

  it.each([401, 403, 404, 500])('is not switched on where userinfo answers %d', async (answer) => {
    status = answer;
    expect(await configure(browser, on)).toEqual(refusal(`HTTP ${answer}`));
    expect(await isOn()).toBe(false);
  });

  it('is not switched on where userinfo is about somebody else', async () => {
    userinfo = (honest) => ({ ...honest, sub: 'somebody-else' });
    expect(await configure(browser, on)).toEqual(refusal('another sub'));
  });

  it('is not switched on by the built-in administrator or a service token, who have no login at the provider', async () => {
    const input = { name: 'automation', role: 'ADMIN' };
    const { data } = await scenario.app.ask(scenario.app.admin, CREATE_TOKEN, { input });
    for (const asker of [scenario.app.admin, { bearer: data.createServiceToken.token }]) {
      expect(await configure(asker, on)).toEqual(refusal('logged in at the provider'));
    }
  });

  it('is not switched on together with another provider or client, nor kept for one', async () => {
    const other = { clientId: 'another-client' };
    expect(await configure(browser, { ...on, ...other })).toEqual(refusal('after the endpoint'));
    expect(await configure(browser, on)).toBeUndefined();
    expect(await configure(scenario.app.admin, other)).toEqual(refusal('set to false'));
    expect(await configure(scenario.app.admin, { ...other, confirmAtUserinfo: false })).toBeUndefined();
  });

  it('needs stored access tokens of administrators only, who get one by logging in', async () => {
    const stored = async () => {
      const grants = scenario.app.nest.get(DataSource).getRepository(ProviderGrant);
      return (await grants.findOneByOrFail({})).sealedAccessToken !== null;
    };
    expect(await stored()).toBe(true);
    const secret = await scenario.secretOf(browser);
    pass();
    await verify(secret);
    expect(await stored()).toBe(true);
    userinfo = (honest) => ({ ...honest, groups: ['crew'] });
    browser = await scenario.loggedIn(issuer);
    expect(await stored()).toBe(false);
    pass();
    userinfo = (honest) => ({ ...honest, groups: ['admins'] });
    await verify(secret);
    expect(await stored()).toBe(false);
    expect(await configure(browser, on)).toEqual(refusal('Log out and in again'));
    browser = await scenario.loggedIn(issuer);
    expect(await configure(browser, on)).toBeUndefined();
  });

  it('changes nothing that is switched on already, whoever repeats it', async () => {
    expect(await configure(browser, on)).toBeUndefined();
    status = 401;
    expect(await configure(scenario.app.admin, on)).toBeUndefined();
  });

  it('lets a refresh through only with the answer of userinfo; the rotated refresh token is kept meanwhile', async () => {
    const secret = await scenario.secretOf(browser);
    expect(await configure(browser, on)).toBeUndefined();
    for (const answer of [500, 503, 401, 403]) {
      pass();
      status = answer;
      expect((await verify(secret))[0]).not.toBe('VALID');
      status = 200;
      pass(3_600);
      expect(await verify(secret)).toEqual(['VALID', ['admins', 'crew']]);
    }
    expect(new Set(issuer.asked.map(({ form }) => form.get('refresh_token'))).size).toBeGreaterThan(8);
  });

  it('ends no login whose access token userinfo refuses for days, while others are refreshed', async () => {
    const secret = await scenario.secretOf(browser);
    expect(await configure(browser, on)).toBeUndefined();
    status = 401;
    for (let hours = 0; hours < 30; hours++) {
      pass(3_700);
      expect((await verify(secret))[0]).toBe('REFRESH_UNCLEAR');
      await scenario.app.nest.get(RefreshRecord, { strict: false }).noteRefresh();
    }
    status = 200;
    pass(3_700);
    expect(await verify(secret)).toEqual(['VALID', ['admins', 'crew']]);
  });

  it.each([400, 405, 406, 410])(
    'takes %d from userinfo for a broken endpoint, which nobody has to log in for',
    async (answer) => {
      const secret = await scenario.secretOf(browser);
      expect(await configure(browser, on)).toBeUndefined();
      status = answer;
      pass();
      expect((await verify(secret))[0]).toBe('PROVIDER_UNAVAILABLE');
    },
  );

  it('counts absent groups as none, and unreadable ones as unknown', async () => {
    const secret = await scenario.secretOf(browser);
    expect(await configure(browser, on)).toBeUndefined();
    userinfo = (honest) => ({ ...honest, groups: 17 });
    pass();
    expect(await verify(secret)).toEqual(['VALID', ['admins', 'crew']]);
    userinfo = (honest) => honest;
    pass();
    expect(await verify(secret)).toEqual(['VALID', []]);
  });
});
