import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Browser } from './support/browser.js';
import { CLI_SECRET, GENERATE, ME, REVOKE, SET_SECRET } from './support/documents.js';
import { OidcScenario } from './support/oidc-scenario.js';

const CHOSEN = 'Correct-horse-7';

describe('A CLI secret', () => {
  let scenario: OidcScenario;
  let lin: Browser;
  beforeEach(async () => {
    scenario = await OidcScenario.open({ idTokenSeconds: 300 });
    lin = await scenario.onboarded('lin');
  });
  afterEach(() => scenario.close());

  const generate = async (): Promise<string> =>
    (await scenario.app.ask(lin, GENERATE)).data.generateCliSecret.cliSecret.secret;
  const choose = (secret: string) => scenario.app.ask(lin, SET_SECRET, { input: { secret } });
  const statusOf = async (secret: string, username = 'lin') =>
    (await scenario.verify(username, secret)).status as string;

  it('is made when it is first asked for, and stays the same', async () => {
    expect((await scenario.app.ask(lin, ME)).data.me.cliSecret).toBeNull();
    const [one, two] = await Promise.all([scenario.secretOf(lin), scenario.secretOf(lin)]);
    expect(one).toBe(two);
    expect((await scenario.app.ask(lin, ME)).data.me.cliSecret).toEqual({ secret: one, status: 'VALID' });
  });

  it('ends at once when a new one is made', async () => {
    const old = await scenario.secretOf(lin);
    const fresh = await generate();
    expect(fresh).not.toBe(old);
    expect(await statusOf(old)).toBe('MISMATCH');
    expect(await statusOf(fresh)).toBe('VALID');
  });

  it('can be chosen by its owner', async () => {
    const { data } = await choose(CHOSEN);
    expect(data.setCliSecret.cliSecret).toEqual({ secret: CHOSEN, origin: 'CUSTOM', status: 'VALID' });
    expect(await statusOf(CHOSEN)).toBe('VALID');
  });

  it.each([
    'Short-1',
    'no-upper-case-1',
    'NO-LOWER-CASE-1',
    'No-digit-here',
    `Aa1${'x'.repeat(126)}`,
    'mrg_Looks-like-1',
  ])('can not be chosen as %j, and the old one stays', async (secret) => {
    const old = await scenario.secretOf(lin);
    const refused = await choose(secret);
    expect(refused.code).toBe('BAD_USER_INPUT');
    expect(refused.text).not.toContain(secret);
    expect(await statusOf(old)).toBe('VALID');
  });

  it('is gone after it was revoked, until a new one is made', async () => {
    const old = await scenario.secretOf(lin);
    expect((await scenario.app.ask(lin, REVOKE)).data.revokeCliSecret.user).toEqual({
      username: 'lin',
      cliSecret: null,
    });
    expect((await scenario.app.ask(lin, CLI_SECRET)).data.cliSecret).toBeNull();
    expect(await statusOf(old)).toBe('MISMATCH');
    expect(await statusOf(await generate())).toBe('VALID');
  });

  it('tells when it was last used, soon after', async () => {
    const secret = await scenario.secretOf(lin);
    expect((await scenario.app.ask(lin, CLI_SECRET)).data.cliSecret.lastUsedAt).toBeNull();
    await statusOf(secret);
    for (let tries = 0; tries < 2000; tries++) {
      const { lastUsedAt } = (await scenario.app.ask(lin, CLI_SECRET)).data.cliSecret;
      if (lastUsedAt !== null) return;
    }
    throw new Error('The use was never noted.');
  });

  it('is accepted under any spelling of the name that is the same name', async () => {
    const secret = await scenario.secretOf(lin);
    expect((await scenario.verify('ＬＩＮ', secret)).principal.username).toBe('lin');
  });

  it('answers MISMATCH alike for a wrong secret, an unknown user and a user without one', async () => {
    const secret = await scenario.secretOf(lin);
    const sam = await scenario.onboarded('sam');
    const answers = [
      await scenario.verify('lin', 'wrong'),
      await scenario.verify('nobody', secret),
      await scenario.verify('sam', secret),
      await scenario.verify('admin', scenario.app.adminPassword),
      await scenario.verify('', ''),
    ];
    expect(answers[0]).toMatchObject({ valid: false, status: 'MISMATCH', principal: null, validUntil: null });
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(await statusOf(await scenario.secretOf(sam), 'sam')).toBe('VALID');
  });

  it('opens nothing under a name that nobody has, whoever was right just before', async () => {
    const secret = await scenario.secretOf(lin);
    expect(await statusOf(secret)).toBe('VALID');
    expect([await statusOf(secret, 'nobody'), await statusOf('wrong', 'nobody')]).toEqual(['MISMATCH', 'MISMATCH']);
  });

  it('answers AUTH_MODE_NOT_OIDC in DATABASE mode, whatever is sent', async () => {
    const other = await OidcScenario.open();
    await other.configure({ authMode: 'DATABASE' });
    const answer = await other.verify('anybody', 'anything');
    expect(answer).toMatchObject({ valid: false, status: 'AUTH_MODE_NOT_OIDC' });
    const input = { username: 'admin', password: other.app.adminPassword };
    const admin = new Browser();
    await other.app.ask(admin, 'mutation L($input: LoginInput!) { login(input: $input) { user { id } } }', { input });
    for (const document of [CLI_SECRET, GENERATE, REVOKE]) {
      expect((await other.app.ask(admin, document)).errors[0]?.extensions).toEqual({
        code: 'UNSUPPORTED_IN_AUTH_MODE',
        authMode: 'DATABASE',
      });
    }
    await other.close();
  });

  it('answers NO_REFRESH_TOKEN once the token has expired, where none was given', async () => {
    await scenario.configure({ oidc: { scope: 'openid,profile', extraRedirectParameters: [] } });
    const sam = await scenario.onboarded('sam');
    const secret = await scenario.secretOf(sam);
    expect(await statusOf(secret, 'sam')).toBe('VALID');
    scenario.app.clock.advance(301);
    expect(await statusOf(secret, 'sam')).toBe('NO_REFRESH_TOKEN');
    const { me } = (await scenario.app.ask(sam, ME)).data;
    expect(me.oidcIdentity).toMatchObject({
      tokenState: 'REAUTHENTICATION_REQUIRED',
      reauthenticationReason: 'NO_REFRESH_TOKEN',
    });
    expect(me.cliSecret.status).toBe('NO_REFRESH_TOKEN');
  });

  it('answers PROVIDER_CHANGED while another provider is configured, and is good again when the settings go back', async () => {
    const secret = await scenario.secretOf(lin);
    await scenario.configure({ oidc: { clientId: 'another' } });
    expect(await statusOf(secret)).toBe('PROVIDER_CHANGED');
    await scenario.configure({ oidc: { clientId: 'mooring' } });
    expect(await statusOf(secret)).toBe('VALID');
  });

  it('is not for the built-in administrator, who goes on working beside OIDC', async () => {
    const { app } = scenario;
    expect((await app.ask(app.admin, ME)).data.me.username).toBe('admin');
    expect((await app.ask(app.admin, CLI_SECRET)).data.cliSecret).toBeNull();
    expect((await app.ask(app.admin, GENERATE)).code).toBe('FORBIDDEN');
  });
});
