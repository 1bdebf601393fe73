import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { getRepositoryToken } from '@nestjs/typeorm';
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DataSource } from 'typeorm';
import { RunningOpenIdProvider, startOpenIdProvider } from '../demo/openid-provider.js';
import { GrantStore } from '../src/grants/index.js';
import { ProviderGrant } from '../src/grants/provider-grant.entity.js';
import { IdentityMoves } from '../src/users/identities/index.js';
import { User } from '../src/users/index.js';
import { TestApp } from './support/app.js';
import { Browser } from './support/browser.js';
import { AUDIT, ME, SET_ADMIN } from './support/documents.js';
import { databaseVariables } from './support/fresh-database.js';
import { mooring } from './support/mooring-command.js';
import { OidcScenario } from './support/oidc-scenario.js';

const DETAILS = `query Details($action: String!) { auditEvents(filter: { action: $action }, first: 20) { edges { node { detail } } } }`;
const HEADER = 'old_issuer,old_subject,new_issuer,new_subject';

/** The same people, under other subjects. */
const NEXT_PEOPLE = [
  { subject: 'new-lin', username: 'lin.chen', name: 'Lin Chen', email: 'lin@example.com' },
  { subject: 'new-sam', username: 'sam.okoye', name: 'Sam Okoye', email: 'sam@example.com' },
];

describe('mooring users rebind', () => {
  let scenario: OidcScenario;
  let app: TestApp;
  let next: RunningOpenIdProvider;
  beforeEach(async () => {
    scenario = await OidcScenario.open();
    app = scenario.app;
    const client = { id: 'mooring', secret: 'next-client-secret', redirectUris: [`${app.url}/c/oidc/callback`] };
    next = await startOpenIdProvider({ people: NEXT_PEOPLE, client });
  });
  afterEach(async () => {
    await next.close();
    await scenario.close();
  });

  const rebind = async (lines: readonly string[], ...options: readonly string[]) => {
    const { dataDir } = app.environment;
    const map = join(dataDir, 'map.csv');
    await writeFile(map, [HEADER, ...lines].join('\r\n'));
    const variables = { DATA_DIR: dataDir, ...(await databaseVariables(dataDir)) };
    return mooring(['users', 'rebind', '--map', map, ...options], { variables });
  };
  const line = (from: string, to: string, issuer = next.issuer) =>
    [scenario.provider.issuer, `sub-${from}`, issuer, to].join(',');
  const switchProvider = () =>
    scenario.configure({ oidc: { endpoint: next.issuer, clientSecret: 'next-client-secret' } });
  const me = async (browser: Browser) => (await app.ask(browser, ME)).data.me;
  const events = async (action: string) =>
    (await app.ask(app.admin, AUDIT, { filter: { action } })).data.auditEvents.edges.map(
      ({ node }: { node: { target: { label: string } } }) => node.target.label,
    );

  it('carries people to a new provider, where they find account and name, and no former secret or role, after a dry run', async () => {
    const lin = await scenario.onboarded('lin');
    const secret = await scenario.secretOf(lin);
    const { id } = await me(lin);
    await scenario.onboarded('sam');
    await app.ask(app.admin, SET_ADMIN, { input: { userId: id, isAdmin: true } });
    const map = [line('lin', 'new-lin'), line('sam', 'new-sam')];

    const dry = await rebind(map);
    expect(dry).toMatchObject({ code: 0, out: expect.stringContaining('2 users would get another identity.') });
    expect(dry.out).toContain('Administrators among them, who lose that role until it is granted again: "lin".');
    expect(dry.out).toContain('Nothing was changed: this was a dry run.');
    expect((await me(lin)).oidcIdentity.subject).toBe('sub-lin');

    const { code, out } = await rebind(map, '--apply');
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('2 users got another identity.') });
    expect(out).toContain(`oidc.endpoint is "${scenario.provider.issuer}"`);
    expect(await me(lin)).toBeNull();
    expect((await scenario.verify('lin', secret)).status).toBe('MISMATCH');
    await switchProvider();
    const again = new Browser();
    expect((await scenario.login(again, 'lin.chen')).url.pathname).toBe('/profile');
    const identity = { issuer: next.issuer, subject: 'new-lin' };
    expect(await me(again)).toMatchObject({ id, username: 'lin', isAdmin: false, oidcIdentity: identity });
    const secretNow = await scenario.secretOf(again);
    expect(secretNow).not.toBe(secret);
    expect(await scenario.verify('lin', secretNow)).toMatchObject({ status: 'VALID', principal: { userId: id } });

    expect(await rebind(map, '--apply')).toMatchObject({
      code: 0,
      out: expect.stringContaining('2 users got it when this file was applied before.'),
    });
    expect(await me(again)).toMatchObject({ id, oidcIdentity: identity });
    expect((await scenario.verify('lin', secretNow)).status).toBe('VALID');
    expect((await events('user.rebind')).sort()).toEqual(['lin', 'sam']);
    const { data } = await app.ask(app.admin, DETAILS, { action: 'user.rebind' });
    const details = data.auditEvents.edges.map(({ node }: { node: { detail: string } }) => node.detail);
    const [from, to] = [scenario.provider.issuer, next.issuer].map((issuer) => `at "${issuer}"`);
    expect(details.sort()).toEqual([
      `from "sub-lin" ${from} to "new-lin" ${to}`,
      `from "sub-sam" ${from} to "new-sam" ${to}`,
    ]);
    expect(await events('identity_map.apply')).toEqual(['2 users']);
  });

  it('names a trial account at the new provider that is in the way, and then changes nobody', async () => {
    const lin = await scenario.onboarded('lin');
    await switchProvider();
    await scenario.onboarded('lin.chen', 'trial');
    const map = [line('lin', 'new-lin'), line('nobody', 'new-sam')];
    for (const options of [[], ['--apply']]) {
      const { code, out } = await rebind(map, ...options);
      expect({ code, out }).toEqual({ code: 1, out: expect.stringContaining('mooring users remove "trial"') });
      expect(out).toContain('line 3: no user has the old identity.');
      expect(out).toContain('Nothing was changed: correct these lines');
    }
    await scenario.configure({
      oidc: { endpoint: scenario.provider.issuer, clientSecret: 'provider-client-secret' },
    });
    expect((await me(lin)).oidcIdentity).toMatchObject({ subject: 'sub-lin' });
  });

  it('swaps two people, and the grant of the one vouches for nobody', async () => {
    const [lin, sam] = [await scenario.onboarded('lin'), await scenario.onboarded('sam')];
    const secrets = [await scenario.secretOf(lin), await scenario.secretOf(sam)];
    const { issuer } = scenario.provider;
    const map = [line('lin', 'sub-sam', issuer), line('sam', 'sub-lin', issuer)];
    expect((await rebind(map, '--apply')).code).toBe(0);
    for (const [index, name] of ['lin', 'sam'].entries()) {
      expect((await scenario.verify(name, secrets[index]!)).status).toBe('MISMATCH');
    }
    const browser = new Browser();
    await scenario.login(browser, 'lin');
    expect(await me(browser)).toMatchObject({ username: 'sam', oidcIdentity: { subject: 'sub-lin' } });
    const secret = await scenario.secretOf(browser);
    expect((await scenario.verify('sam', secret)).status).toBe('VALID');
    const twice = await rebind(map, '--apply');
    expect(twice).toMatchObject({ code: 0, out: expect.stringContaining('0 users got another identity.') });
    expect((await me(browser)).username).toBe('sam');
    expect((await scenario.verify('sam', secret)).status).toBe('VALID');
  });

  it('gives no second account to a person who was choosing a user name while the map was applied', async () => {
    await scenario.onboarded('lin');
    await switchProvider();
    const browser = new Browser();
    await scenario.firstLogin(browser, 'lin.chen');
    expect((await rebind([line('lin', 'new-lin')], '--apply')).code).toBe(0);
    const { data } = await app.ask(
      browser,
      'mutation($input: OnboardInput!) { onboard(input: $input) { user { username } } }',
      { input: { username: 'lin.chen' } },
    );
    expect(data.onboard.user.username).toBe('lin');
  });

  const movesOf = () => {
    const { issuer } = scenario.provider;
    const swapped = (from: string, to: string) => ({ from: { issuer, subject: from }, to: { issuer, subject: to } });
    return [
      { line: 2, ...swapped('sub-lin', 'sub-sam') },
      { line: 3, ...swapped('sub-sam', 'sub-lin') },
    ];
  };
  /** Only the change itself, as a command does it that is killed directly afterwards. */
  const applyAndDie = async () => {
    const moves = new IdentityMoves(app.nest.get(getRepositoryToken(User)), app.clock);
    await moves.apply(movesOf(), (await moves.plan(movesOf())).carried);
  };

  it('completes what a command that was killed has begun, and does not swap people back', async () => {
    const [lin] = [await scenario.onboarded('lin'), await scenario.onboarded('sam')];
    const secret = await scenario.secretOf(lin);
    await applyAndDie();
    const { issuer } = scenario.provider;
    const run = await rebind([line('lin', 'sub-sam', issuer), line('sam', 'sub-lin', issuer)], '--apply');
    expect(run).toMatchObject({ code: 0, out: expect.stringContaining('2 users got it when this file was applied') });
    expect((await scenario.verify('lin', secret)).status).toBe('MISMATCH');
    const browser = new Browser();
    await scenario.login(browser, 'sam');
    expect((await me(browser)).username).toBe('lin');
  });

  it('ends a login that was in progress with the former identity', async () => {
    const [lin] = [await scenario.onboarded('lin'), await scenario.onboarded('sam')];
    const secret = await scenario.secretOf(lin);
    const grants = app.nest.get(GrantStore);
    const store = grants.store.bind(grants);
    jest.spyOn(grants, 'store').mockImplementationOnce(async (id, login) => {
      await applyAndDie();
      await store(id, login);
    });
    const browser = new Browser();
    const page = await scenario.login(browser, 'lin');
    expect({ status: page.status, text: page.text }).toEqual({
      status: 403,
      text: expect.stringContaining('Your account got another identity'),
    });
    expect(await me(browser)).toBeNull();
    expect((await scenario.verify('lin', secret)).status).toBe('NO_REFRESH_TOKEN');
    await scenario.login(browser, 'lin');
    expect((await me(browser)).username).toBe('sam');
  });

  it('ends the secret and the grant of a login that the clock of a server puts after the change', async () => {
    app.clock.advance(60);
    const lin = await scenario.onboarded('lin');
    const secret = await scenario.secretOf(lin);
    const map = [line('lin', 'sub-other', scenario.provider.issuer)];
    expect((await rebind(map, '--apply')).code).toBe(0);
    expect((await scenario.verify('lin', secret)).status).toBe('MISMATCH');
    const { endReason } = await app.nest.get(DataSource).getRepository(ProviderGrant).findOneByOrFail({});
    expect(endReason).toBe('NO_REFRESH_TOKEN');
  });

  it('reads all of a map that comes through a pipe in pieces', async () => {
    const { dataDir } = app.environment;
    const pipe = join(dataDir, 'pipe');
    await promisify(execFile)('mkfifo', [pipe]);
    const variables = { DATA_DIR: dataDir, ...(await databaseVariables(dataDir)) };
    const lines = Array.from({ length: 2000 }, (_, index) => line(`nobody-${index}`, `new-${index}`));
    const [{ out }] = await Promise.all([
      mooring(['users', 'rebind', '--map', pipe], { variables }),
      writeFile(pipe, [HEADER, ...lines].join('\n')),
    ]);
    expect(out).toContain('2000 conflicts:');
  });

  it('refuses a file that is no map, or can not be read, with the exit code for it', async () => {
    const none = await mooring(['users', 'rebind', '--map', '/nowhere/map.csv']);
    expect(none).toMatchObject({ code: 64, err: expect.stringContaining("can't be read (ENOENT)") });
    expect((await mooring(['users', 'rebind'])).code).toBe(64);
    const empty = await rebind([]);
    expect(empty).toMatchObject({ code: 1, out: '', err: expect.stringContaining('The map is empty.') });
  });
});
