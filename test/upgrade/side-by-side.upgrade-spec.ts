import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Person } from '../../demo/openid-provider.js';
import { Browser } from '../support/browser.js';
import { CLI_SECRET, CREATE_TOKEN_ONLY, GENERATE, ONBOARD, VERIFY } from '../support/documents.js';
import { printFigures, Tally } from '../support/fault-table.js';
import { Asker } from '../support/graphql.js';
import { ServerProcess } from '../support/server-process.js';
import { Traffic } from '../support/traffic.js';
import { earlierRelease, Installation, THIS_RELEASE } from './installation.js';
import { OnMariaDb } from './upgraded-database.js';
import { UsedInstallation, useEarlierRelease } from './used-installation.js';

const LOST = 'connection lost';
const STEADY = ['steady-1', 'steady-2', 'steady-3'];
const CHANGING = ['changing-1', 'changing-2'];
const NEWCOMERS = Array.from({ length: 500 }, (_, index) => `newcomer-${index}`);
/** How many verifications pass between two steps of the upgrade. */
const BETWEEN_STEPS = 300;

const people = (usernames: readonly string[]): Person[] =>
  usernames.map((username) => ({
    ...{ subject: `sub-${username}`, username, name: username, groups: ['crew'] },
    email: `${username}@example.com`,
  }));

describe('A rolling upgrade from 0.1.0 with 100,000 users on MariaDB', () => {
  let database: OnMariaDb;
  let used: UsedInstallation;
  let app: Installation;
  const [verifications, changes, logins, tokens] = [new Tally(), new Tally(), new Tally(), new Tally()];
  const atEach = new Map<ServerProcess, Tally>();
  let turn = 0;
  const newcomers = NEWCOMERS.values();
  const joined = new Map<string, string>();
  const changed = new Map<string, string>();

  beforeAll(async () => {
    database = await OnMariaDb.start();
    used = await useEarlierRelease(database, people([...STEADY, ...CHANGING]), people(NEWCOMERS));
    app = used.scenario.app;
  });
  afterAll(async () => {
    await used?.scenario.close();
    await database?.remove();
  });

  /** The servers that are ready take turns. */
  const one = () => app.servers[turn++ % app.servers.length]!;
  const statusAt = async (server: { readonly url: string }, asker: Asker, username: string, secret?: string) => {
    const { data, code, status } = await app.askAt(server, asker, VERIFY, { username, secret });
    return (data?.verifyCliSecret?.status ?? code ?? `HTTP ${status}`) as string;
  };
  const verify = async (server: ServerProcess, username: string) => {
    const status = await statusAt(server, used.tokens.get('VERIFIER'), username, used.people.get(username)?.secret);
    verifications.add(status);
    const own = atEach.get(server) ?? new Tally();
    atEach.set(server, own);
    own.add(status);
  };
  /** Replaces a secret at one server, and sees at each other that the new one counts and the old one does not. */
  const change = async (username: string) => {
    const { browser, secret } = used.people.get(username)!;
    const before = changed.get(username) ?? secret;
    const { data, code } = await app.askAt(one(), browser, GENERATE);
    changes.add(code ?? 'acknowledged');
    const after = data?.generateCliSecret?.cliSecret.secret as string;
    changed.set(username, after);
    for (const server of [...app.servers]) {
      const asker = used.tokens.get('VERIFIER');
      expect([await statusAt(server, asker, username, after), await statusAt(server, asker, username, before)]).toEqual(
        ['VALID', 'MISMATCH'],
      );
    }
  };
  /** Logs somebody in for the first time, whom every server knows from then on. */
  const join = async () => {
    const username = newcomers.next().value!;
    const browser = new Browser();
    if (!(await isLoggedIn(browser, username))) return logins.add(LOST);
    const { code } = await app.askAt(one(), browser, ONBOARD, { input: { username } });
    logins.add(code ?? 'onboarded');
    for (const server of [...app.servers]) {
      const secret = (await app.askAt(server, browser, CLI_SECRET)).data.cliSecret.secret as string;
      joined.set(username, secret);
      expect(await statusAt(server, used.tokens.get('VERIFIER'), username, secret)).toBe('VALID');
    }
  };
  /** A browser keeps its connection to a server that ends, and may learn of that with a request. */
  const isLoggedIn = async (browser: Browser, username: string) => {
    try {
      await used.scenario.firstLogin(browser, username);
      return true;
    } catch (error) {
      // By its name: it comes from outside the realm in which the tests run.
      if ((error as Error).name === 'TypeError') return false;
      throw error;
    }
  };
  /** Creates a service token, which every server knows at once. */
  const makeToken = async () => {
    const input = { name: `token ${tokens.total}`, role: 'VERIFIER' };
    const { data, code } = await app.askAt(one(), used.adminBrowser, CREATE_TOKEN_ONLY, { input });
    tokens.add(code ?? 'created');
    const asker = { bearer: data?.createServiceToken.token as string };
    for (const server of [...app.servers])
      expect(await statusAt(server, asker, 'lin', used.people.get('lin')?.secret)).toBe('VALID');
  };

  it('fails no verification at any server, and what one release writes the other one reads', async () => {
    const earlier = [await app.start(earlierRelease()), await app.start(earlierRelease())];
    const steady = STEADY.map((username) => () => verify(one(), username));
    const traffic = new Traffic([...steady, ...CHANGING.map((name) => () => change(name)), join, makeToken]);
    const someMore = async () => {
      for (const until = verifications.total + BETWEEN_STEPS; verifications.total < until;)
        await new Promise((done) => setTimeout(done, 20));
    };
    await traffic.during(someMore());
    const began = performance.now();
    const [before, changesBefore] = [verifications.total, changes.total];
    await traffic.during(app.start(THIS_RELEASE));
    const took = ((performance.now() - began) / 1000).toFixed(1);
    process.stdout.write(
      `rolling upgrade: ready after ${took} s, meanwhile ${verifications.total - before} verifications and ${changes.total - changesBefore} changes by the earlier release\n`,
    );
    await traffic.during(someMore());
    for (const server of earlier) {
      await traffic.during(app.start(THIS_RELEASE));
      await traffic.during(app.end(server));
      await traffic.during(someMore());
    }
    await traffic.end();
    for (const [fault, answers] of Object.entries({ verifications, changes, logins, tokens }))
      printFigures({ fault: `rolling upgrade, ${fault}`, rounds: 1, answers });
    expect(verifications.kinds).toEqual(['VALID']);
    expect([changes.kinds, logins.kinds.filter((kind) => kind !== LOST), tokens.kinds]).toEqual([
      ['acknowledged'],
      ['onboarded'],
      ['created'],
    ]);
    expect(atEach.size).toBe(2 + 1 + earlier.length);
    for (const [username, secret] of joined)
      expect(await used.scenario.verify(username, secret)).toMatchObject({ status: 'VALID' });
  });
});
