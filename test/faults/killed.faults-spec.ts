import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { Person } from '../../demo/openid-provider.js';
import { Browser } from '../support/browser.js';
import { CLI_SECRET, GENERATE, ONBOARD, VERIFY } from '../support/documents.js';
import { printFigures, Tally } from '../support/fault-table.js';
import { Cluster } from '../support/cluster.js';
import { OidcScenario } from '../support/oidc-scenario.js';
import { Traffic } from '../support/traffic.js';

const REPLICAS = 3;
const ROUNDS = 30;
const LOOK_AGAIN_MS = 10;
const LOST = 'connection lost';
const STEADY = ['steady-1', 'steady-2', 'steady-3', 'steady-4'];
const CHANGING = ['changing-1', 'changing-2', 'changing-3'];
const NEWCOMERS = Array.from({ length: 2_000 }, (_, index) => `newcomer-${index}`);

const people: Person[] = [...STEADY, ...CHANGING, ...NEWCOMERS].map((username) => ({
  subject: `sub-${username}`,
  username,
  name: username,
  email: `${username}@example.com`,
}));

describe('While replicas are killed at random', () => {
  let scenario: OidcScenario<Cluster>;
  const secrets = new Map<string, string>();
  const browsers = new Map<string, Browser>();

  beforeAll(async () => {
    scenario = await OidcScenario.at(await Cluster.start(REPLICAS), { people, idTokenSeconds: 3_600 });
    for (const username of [...STEADY, ...CHANGING]) {
      const browser = await scenario.onboarded(username);
      browsers.set(username, browser);
      secrets.set(username, await scenario.secretOf(browser));
    }
  });
  afterAll(() => scenario.close());

  /** What an answer says, or null where the connection was lost. */
  const orLost = async <T>(asked: Promise<T>): Promise<T | null> => {
    try {
      return await asked;
    } catch (error) {
      // By its name: it comes from outside the realm in which the tests run.
      if ((error as Error).name === 'TypeError') return null;
      throw error;
    }
  };
  const verified = async (username: string, secret = secrets.get(username)) => {
    const asker = { bearer: scenario.verifierToken };
    const answer = await orLost(scenario.app.ask(asker, VERIFY, { username, secret }));
    return answer ? ((answer.data?.verifyCliSecret?.status ?? answer.code) as string) : LOST;
  };
  const verifiedInTheEnd = async (username: string, secret?: string): Promise<string> => {
    const status = await verified(username, secret);
    return status === LOST ? verifiedInTheEnd(username, secret) : status;
  };
  const shownSecretOf = async (browser: Browser): Promise<string> => {
    const answer = await orLost(scenario.app.ask(browser, CLI_SECRET));
    return answer ? (answer.data.cliSecret.secret as string) : shownSecretOf(browser);
  };

  /** Replaces a secret; whether the answer arrived or not, one secret is valid, and it is the one that is shown. */
  const changeSecret = async (username: string, changes: Tally) => {
    const [browser, before] = [browsers.get(username)!, secrets.get(username)!];
    const answer = await orLost(scenario.app.ask(browser, GENERATE));
    changes.add(answer ? 'acknowledged' : LOST);
    const shown = await shownSecretOf(browser);
    if (answer) expect(shown).toBe(answer.data.generateCliSecret.cliSecret.secret);
    secrets.set(username, shown);
    expect(await verifiedInTheEnd(username, shown)).toBe('VALID');
    if (shown !== before) expect(await verifiedInTheEnd(username, before)).toBe('MISMATCH');
  };

  /** Logs somebody in for the first time; what was interrupted is done again from the start, as a person would. */
  const join = async (username: string, logins: Tally): Promise<void> => {
    const browser = new Browser();
    const landed = await orLost(scenario.login(browser, username));
    const input = { username };
    const isNew = landed?.url.pathname === '/onboarding';
    const onboarded = isNew ? await orLost(scenario.app.ask(browser, ONBOARD, { input })) : landed;
    logins.add(onboarded ? (isNew ? 'acknowledged' : 'healed by the next login') : LOST);
    if (!onboarded) return join(username, logins);
    secrets.set(username, await shownSecretOf(browser));
    expect(await verifiedInTheEnd(username)).toBe('VALID');
  };

  it('no acknowledged write is lost, nobody has two secrets, and everybody else is served', async () => {
    const [verifications, changes, logins] = [new Tally(), new Tally(), new Tally()];
    const newcomers = NEWCOMERS.values();
    const traffic = new Traffic([
      ...STEADY.map((username) => async () => verifications.add(await verified(username))),
      ...CHANGING.map((username) => () => changeSecret(username, changes)),
      () => join(newcomers.next().value!, logins),
    ]);
    const oneMoreEach = async () => {
      for (const before = verifications.total; verifications.total < before + STEADY.length;)
        await pause(LOOK_AGAIN_MS);
    };
    for (let round = 1; round <= ROUNDS; round++) {
      await traffic.during(scenario.app.replace(Math.floor(Math.random() * REPLICAS)));
      await traffic.during(oneMoreEach());
    }
    await traffic.end();
    const { refreshes } = scenario.provider;
    printFigures({ fault: 'kill -9, verifications', rounds: ROUNDS, refreshes, answers: verifications });
    printFigures({ fault: 'kill -9, secret changes', rounds: ROUNDS, refreshes, answers: changes });
    printFigures({ fault: 'kill -9, first logins', rounds: ROUNDS, refreshes, answers: logins });
    expect(verifications.kinds.filter((kind) => ![LOST, 'VALID'].includes(kind))).toEqual([]);
    for (const username of secrets.keys()) expect(await verifiedInTheEnd(username)).toBe('VALID');
  });
});
