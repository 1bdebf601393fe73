import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SigningKeys } from '../src/registry/keys/signing-keys.service.js';
import { Browser } from './support/browser.js';
import { AUDIT, CREATE_RULE, CREATE_USER, GENERATE, RULES, SET_DISABLED } from './support/documents.js';
import { TestApp } from './support/app.js';
import { OidcScenario } from './support/oidc-scenario.js';
import { basic, getToken, postToken, TokenAnswer, verifiedClaims } from './support/registry-client.js';

const PASSWORD = 'First-password-1';
const OWN = 'repository:users/lin/app:pull,push';

describe('The registry token service', () => {
  let scenario: OidcScenario;
  let app: TestApp;
  let lin: Browser;
  let secret: string;
  beforeEach(async () => {
    scenario = await OidcScenario.open({ idTokenSeconds: 300 });
    app = scenario.app;
    lin = await scenario.onboarded('lin');
    secret = await scenario.secretOf(lin);
  });
  afterEach(() => scenario.close());

  const ask = (scope: string, authorization?: string) =>
    getToken(app.url, { service: 'registry', scope }, authorization);
  const asLin = (scope = OWN) => ask(scope, basic('lin', secret));
  const claimsOf = (answer: TokenAnswer) => verifiedClaims(app.url, answer.body.token, app.clock.now());
  const accessOf = async (answer: TokenAnswer) => (await claimsOf(answer)).access;
  const makeRule = (rule: object) => app.ask(app.admin, CREATE_RULE, { input: { rule } });

  it('answers GET with a token that lasts some minutes and names what it grants', async () => {
    const query = { service: 'registry', scope: OWN, account: 'lin', client_id: 'docker', offline_token: 'true' };
    const answer = await getToken(app.url, query, basic('lin', secret));
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const { token, access_token: accessToken, expires_in: expiresIn, issued_at: issuedAt, ...rest } = answer.body;
    expect([accessToken, expiresIn, rest]).toEqual([token, 300, {}]);
    const claims = await claimsOf(answer);
    expect(claims).toMatchObject({ iss: 'mooring', sub: 'lin', aud: 'registry' });
    expect(claims.access).toEqual([{ type: 'repository', name: 'users/lin/app', actions: ['pull', 'push'] }]);
    expect([claims.exp! - claims.iat!, claims.nbf]).toEqual([300, claims.iat]);
    expect(Date.parse(issuedAt)).toBe(claims.iat! * 1000);
    expect((await claimsOf(await asLin())).jti).not.toBe(claims.jti);
  });

  it('answers POST alike, and says what it grants', async () => {
    const scope = `${OWN} repository:team/app:pull`;
    const form = {
      grant_type: 'password',
      service: 'registry',
      client_id: 'containerd',
      scope,
      username: 'lin',
      password: secret,
    };
    const answer = await postToken(app.url, form);
    expect(answer.body).toMatchObject({ scope: OWN, access_token: answer.body.token, expires_in: 300 });
    expect(answer.body.refresh_token).toBeUndefined();
    expect(await accessOf(answer)).toHaveLength(1);
  });

  it('grants the intersection of what is asked in scopes that are repeated or joined, even nothing', async () => {
    const query: [string, string][] = [
      ['service', 'registry'],
      ['scope', `${OWN} repository:team/app:pull`],
      ['scope', 'repository:users/lin/other:pull,delete'],
    ];
    const access = await accessOf(await getToken(app.url, query, basic('lin', secret)));
    expect(access.map(({ name, actions }) => [name, actions])).toEqual([
      ['users/lin/app', ['pull', 'push']],
      ['users/lin/other', ['pull', 'delete']],
    ]);
    expect(await accessOf(await asLin('repository:users/sam/app:pull registry:catalog:*'))).toEqual([]);
    expect(await accessOf(await getToken(app.url, { service: 'registry' }, basic('lin', secret)))).toEqual([]);
  });

  it('gives anybody a token for what is for ANYONE, and to no more', async () => {
    await makeRule({ repositoryPattern: 'public/**', actions: ['PULL'], subjectKind: 'ANYONE' });
    const answer = await ask('repository:public/app:pull,push repository:team/app:pull');
    expect(await claimsOf(answer)).toMatchObject({
      sub: '',
      access: [{ type: 'repository', name: 'public/app', actions: ['pull'] }],
    });
  });

  it('takes an empty user name with an empty password for nobody, in the header and in a form', async () => {
    await makeRule({ repositoryPattern: 'open/**', actions: ['PULL'], subjectKind: 'ANYONE' });
    const scope = 'repository:open/a:pull';
    const form = { grant_type: 'password', service: 'registry', username: '', password: '', scope };
    for (const answer of [await ask(scope, basic('', '')), await postToken(app.url, form)]) {
      expect(await claimsOf(answer)).toMatchObject({ sub: '', access: [{ name: 'open/a', actions: ['pull'] }] });
    }
  });

  it.each([
    `${OWN} repository:Team/X:pull`,
    `artifact-repository:x:pull ${OWN}`,
    `repository:team/../app:pull ${OWN}`,
    `${OWN},sign`,
  ])('grants what it can of %s', async (scope) => {
    expect(await accessOf(await asLin(scope))).toEqual([
      { type: 'repository', name: 'users/lin/app', actions: ['pull', 'push'] },
    ]);
  });

  it('refuses what is wrong, malformed or of another kind, alike, and never takes it for nobody', async () => {
    await makeRule({ repositoryPattern: '**', actions: ['PULL'], subjectKind: 'ANYONE' });
    const raw = (text: Buffer | string) => `Basic ${Buffer.from(text).toString('base64')}`;
    const headers = [
      basic('lin', 'wrong'),
      basic('nobody', secret),
      basic('lin', ''),
      basic('', 'wrong'),
      basic('admin', 'wrong'),
      basic('lin:x', secret),
      basic('lin\u0000', `${secret}\u0000`),
      raw(Buffer.from('lin:gr\u00f6\u00dfe', 'latin1')),
      raw(Buffer.from('lin:größe')),
      raw('lin'),
      'Basic !!!',
      'Basic',
      '',
      `Bearer ${scenario.verifierToken}`,
      `Basic ${'A'.repeat(9000)}`,
    ];
    const messages = new Set<string | undefined>();
    for (const header of headers) {
      const answer = await ask('repository:team/app:pull', header);
      expect([header.slice(0, 40), answer.status]).toEqual([header.slice(0, 40), 401]);
      expect(answer.headers.get('www-authenticate')).toBe('Basic realm="Mooring", charset="UTF-8"');
      expect(answer.body.errors[0].code).toBe('UNAUTHORIZED');
      messages.add(answer.message);
    }
    expect([...messages]).toEqual([expect.stringContaining(`${app.url}/profile`)]);
  });

  it('refuses with a clear 4xx what is not of the protocol', async () => {
    const form = { grant_type: 'password', service: 'registry', username: 'lin', password: secret };
    const answers = {
      unknownService: await getToken(app.url, { service: 'other' }, basic('lin', secret)),
      twoServices: await getToken(
        app.url,
        [
          ['service', 'registry'],
          ['service', 'registry'],
        ],
        basic('lin', secret),
      ),
      twoPasswords: await postToken(app.url, [...Object.entries(form), ['password', 'other']] as [string, string][]),
      bothWays: await postToken(app.url, form, { authorization: basic('lin', secret) }),
      noGrantType: await postToken(app.url, { ...form, grant_type: '' }),
      manyScopes: await postToken(app.url, { ...form, scope: 'repository:a:pull '.repeat(1000) }),
      longScope: await postToken(app.url, { ...form, scope: `repository:a:${'pull,'.repeat(20_000)}` }),
    };
    const statuses = Object.fromEntries(Object.entries(answers).map(([name, { status }]) => [name, status]));
    expect(statuses).toEqual({
      ...{ unknownService: 400, twoServices: 400, twoPasswords: 400, bothWays: 400, noGrantType: 400 },
      ...{ manyScopes: 400, longScope: 413 },
    });
    for (const { body } of Object.values(answers)) {
      expect(body).toEqual({ errors: [{ code: expect.any(String), message: expect.stringMatching(/\.$/) }] });
    }
    expect((await fetch(`${app.url}/service/token?scope=${'a'.repeat(100_000)}`)).status).toBe(431);
    const json = { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } };
    const refused = await fetch(`${app.url}/service/token`, json);
    expect([refused.status, await refused.text()]).toEqual([415, expect.stringContaining('Send a form')]);
    expect((await postToken(app.url, { grant_type: 'refresh_token', refresh_token: 'x' })).status).toBe(401);
    expect((await postToken(app.url, { grant_type: 'password', username: 'lin' })).status).toBe(401);
  });

  it('ignores cookies', async () => {
    const scope = encodeURIComponent(OWN);
    const answer = await lin.fetch(`${app.url}/service/token?service=registry&scope=${scope}`);
    expect(await verifiedClaims(app.url, JSON.parse(answer.text).token, app.clock.now())).toMatchObject({
      sub: '',
      access: [],
    });
  });

  it('takes a new secret at once and the old one no longer', async () => {
    const fresh = (await app.ask(lin, GENERATE)).data.generateCliSecret.cliSecret.secret as string;
    expect((await asLin()).status).toBe(401);
    expect((await ask(OWN, basic('ＬＩＮ', fresh))).status).toBe(200);
  });

  it('says to log in again once the provider no longer vouches, and that an account is disabled', async () => {
    await scenario.configure({ oidc: { clientId: 'another' } });
    const changed = await asLin();
    expect([changed.status, changed.message]).toEqual([401, expect.stringContaining(`log in at ${app.url}/`)]);
    await scenario.configure({ oidc: { clientId: 'mooring' } });
    const { id: userId } = (await app.ask(lin, '{ me { id } }')).data.me;
    await app.ask(app.admin, SET_DISABLED, { input: { userId, isDisabled: true } });
    const disabled = await asLin();
    expect([disabled.status, disabled.message]).toEqual([401, expect.stringContaining('disabled')]);
  });

  it('writes refusals to the audit log, in sums', async () => {
    for (let time = 0; time < 3; time++) await ask(OWN, basic('lin', 'wrong'));
    const { data } = await app.ask(app.admin, AUDIT, { filter: { action: 'registry.login' } });
    const events = data.auditEvents.edges.map(({ node }: { node: object }) => node);
    expect(events.reduce((sum: number, { count }: { count: number }) => sum + count, 0)).toBe(3);
    expect(events[0]).toMatchObject({
      actor: { kind: 'ANONYMOUS' },
      target: { label: 'lin' },
      outcome: 'REFUSED',
      reason: 'MISMATCH',
    });
  });

  it('decides group rules on the groups in the grant, and a rule is in force at once', async () => {
    const scope = 'repository:cluster/app:pull';
    expect(await accessOf(await asLin(scope))).toEqual([]);
    const rule = { repositoryPattern: 'cluster/*', actions: ['PULL'], subjectKind: 'GROUP', groupName: 'crew' };
    expect((await makeRule(rule)).data.createAccessRule.accessRule.group.name).toBe('crew');
    expect(await accessOf(await asLin(scope))).toHaveLength(1);
    scenario.provider.people.find(({ username }) => username === 'lin')!.groups = [];
    await scenario.login(new Browser(), 'lin');
    expect(await accessOf(await asLin(scope))).toEqual([]);
  });

  it('lets the built-in administrator do everything with his password, in OIDC mode too', async () => {
    const answer = await ask('repository:any/app:*,pull registry:catalog:*', basic('admin', app.adminPassword));
    expect((await accessOf(answer)).map(({ actions }) => actions)).toEqual([['pull', 'push', 'delete'], ['*']]);
  });

  it('gives tokens as long a life as the settings say, from the next on', async () => {
    await app.configure({ registryTokenMinutes: 60 });
    expect((await asLin()).body.expires_in).toBe(3600);
  });

  it('signs with a new key after a rotation, while tokens of the old one still count and are published', async () => {
    const before = await asLin();
    const keys = app.nest.get(SigningKeys);
    await keys.rotate(0);
    const after = await asLin();
    const kidOf = ({ body }: TokenAnswer) =>
      JSON.parse(Buffer.from(body.token.split('.')[0], 'base64url').toString()).kid;
    expect(kidOf(after)).not.toBe(kidOf(before));
    for (const answer of [before, after]) expect((await claimsOf(answer)).sub).toBe('lin');
    app.clock.advance(61 * 60 + 1);
    expect((await keys.publishedNow()).map(({ jwk }) => jwk.kid)).toEqual([kidOf(after)]);
  });
});

describe('The registry token service in DATABASE mode', () => {
  let app: TestApp;
  beforeEach(async () => (app = await TestApp.start()));
  afterEach(() => app.stop());

  it('takes the passwords of local users, and nothing else', async () => {
    const input = { username: 'Lin', password: PASSWORD, email: 'lin@example.org' };
    await app.ask(app.admin, CREATE_USER, { input });
    const query = { service: 'registry', scope: OWN };
    const answer = await getToken(app.url, query, basic('lin', PASSWORD));
    expect(await verifiedClaims(app.url, answer.body.token, app.clock.now())).toMatchObject({
      sub: 'Lin',
      access: [{ name: 'users/lin/app', actions: ['pull', 'push'] }],
    });
    const wrong = await getToken(app.url, query, basic('lin', 'wrong'));
    expect([wrong.status, wrong.message]).toEqual([401, expect.stringContaining('password is wrong')]);
  });

  it('has one first rule, which does not come back once it is deleted', async () => {
    const { edges, totalCount } = (await app.ask(app.admin, RULES)).data.accessRules;
    expect([totalCount, edges[0].node]).toEqual([
      1,
      expect.objectContaining({
        repositoryPattern: 'users/${username}/**',
        actions: ['PULL', 'PUSH', 'DELETE'],
        subjectKind: 'AUTHENTICATED',
      }),
    ]);
    const input = { accessRuleId: edges[0].node.id };
    await app.ask(
      app.admin,
      'mutation D($input: DeleteAccessRuleInput!) { deleteAccessRule(input: $input) { accessRuleId } }',
      { input },
    );
    const { dataDir } = app.environment;
    await app.stop({ keepData: true });
    app = await TestApp.start({ DATA_DIR: dataDir, ADMIN_PASSWORD: app.adminPassword });
    expect((await app.ask(app.admin, RULES)).data.accessRules.totalCount).toBe(0);
  });
});
