import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { ME, USERS as USERS_DOCUMENT, VERIFY } from '../support/documents.js';
import { basic, getToken } from '../support/registry-client.js';
import { THIS_RELEASE } from './installation.js';
import { USERS } from './many-rows.js';
import { KeptRows, OnMariaDb, OnSqlite, UpgradedDatabase } from './upgraded-database.js';
import { UsedInstallation, useEarlierRelease } from './used-installation.js';

const LOOK_AGAIN_MS = 200;

const ENGINES: readonly (readonly [string, () => Promise<UpgradedDatabase>])[] = [
  ['SQLite', () => Promise.resolve(new OnSqlite())],
  ['MariaDB', () => OnMariaDb.start()],
];

describe.each(ENGINES)('An installation of 0.1.0 with 100,000 users on %s, upgraded', (engine, open) => {
  let database: UpgradedDatabase;
  let used: UsedInstallation;
  let kept: KeptRows;
  let missing: Awaited<ReturnType<KeptRows['missing']>>;
  const say = (text: string) => process.stdout.write(`upgrade on ${engine}: ${text}\n`);
  const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(1)} s`;
  const app = () => used.scenario.app;

  beforeAll(async () => {
    database = await open();
    used = await useEarlierRelease(database);
    kept = await KeptRows.of(database);
    say(`rows: ${[...kept.counts].map(([table, count]) => `${table} ${count}`).join(', ')}`);
    const began = performance.now();
    await app().start(THIS_RELEASE);
    say(`ready after ${seconds(began)}`);
    // Before anybody uses it: a use is noted in the rows.
    missing = await kept.missing();
  });
  afterAll(async () => {
    await used?.scenario.close();
    await database?.remove();
  });

  it('had rows in every table', () => {
    expect([...kept.counts].filter(([, count]) => count === 0)).toEqual([]);
    expect(kept.counts.get('users')).toBeGreaterThan(USERS);
  });

  it('has every row of every table with its values', () => {
    expect(missing).toEqual({});
  });

  it('verifies the secrets, keeps the sessions, and knows the service tokens', async () => {
    for (const [username, { browser, secret }] of used.people) {
      expect(await used.scenario.verify(username, secret)).toMatchObject({ status: 'VALID', principal: { username } });
      expect((await app().ask(browser, ME)).data.me).toMatchObject({
        username,
        cliSecret: { secret, status: 'VALID' },
      });
    }
    const asked = { username: 'sam', secret: used.people.get('sam')?.secret };
    const answer = await app().ask(used.tokens.get('VERIFIER'), VERIFY, asked);
    expect(answer.data.verifyCliSecret.status).toBe('VALID');
    const listed = await app().ask(used.tokens.get('ADMIN'), '{ users(first: 1) { edges { node { username } } } }');
    expect(listed.errors).toEqual([]);
    const { bearer } = used.tokens.get('METRICS') as { bearer: string };
    const metrics = await fetch(`${app().servers[0]?.url}/metrics`, { headers: { authorization: `Bearer ${bearer}` } });
    expect(metrics.status).toBe(200);
  });

  it('refreshes with the refresh tokens that the earlier release stored', async () => {
    await database.run(
      "UPDATE provider_grants SET expires_at = '2026-01-01 00:00:00.000' WHERE expires_at < '2090-01-01'",
    );
    const { refreshes } = used.scenario.provider;
    const before = refreshes.succeeded;
    for (const [username, { secret }] of used.people)
      expect((await used.scenario.verify(username, secret)).status).toBe('VALID');
    expect([refreshes.succeeded - before, refreshes.refused]).toEqual([used.people.size, 0]);
  });

  it('logs the administrator in, whose sessions last', async () => {
    expect((await app().ask(used.adminBrowser, ME)).data.me.username).toBe('admin');
    expect((await app().ask(app().admin, ME)).data.me.isAdmin).toBe(true);
    expect((await app().ask(await app().adminSession(), ME)).data.me.username).toBe('admin');
  });

  it('grants at the registry what the rules of the earlier release say', async () => {
    const query = { service: 'registry', scope: 'repository:crew/app:pull,push' };
    const { status, body } = await getToken(app().url, query, basic('lin', used.people.get('lin')?.secret ?? ''));
    const [, claims = ''] = (body.token as string).split('.');
    const { access } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { access: object[] };
    expect([status, access]).toEqual([200, [{ type: 'repository', name: 'crew/app', actions: ['pull', 'push'] }]]);
  });

  it('finds users by name, real name and address', async () => {
    const found = async (search: string): Promise<string[]> => {
      const { data, text } = await app().ask(app().admin, USERS_DOCUMENT, { filter: { search }, first: 5 });
      if (!data?.users) say(text);
      return (data?.users?.edges ?? []).map(({ node }: { node: { username: string } }) => node.username);
    };
    const began = performance.now();
    while (!(await found('someone 99999')).includes('person99999')) await pause(LOOK_AGAIN_MS);
    say(`words searched after ${seconds(began)} more`);
    for (const search of ['person99999', 'Person99999@example', 'PERSON99999'])
      expect(await found(search)).toEqual(['person99999']);
    expect(await found('lin')).toContain('lin');
  });
});
