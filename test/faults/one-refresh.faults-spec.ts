import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { Person } from '../../demo/openid-provider.js';
import { Browser } from '../support/browser.js';
import { ME, VERIFY } from '../support/documents.js';
import { printFigures, Tally } from '../support/fault-table.js';
import { Cluster } from '../support/cluster.js';
import { OidcScenario } from '../support/oidc-scenario.js';

const REPLICAS = 3;
const ROUNDS = 50;
const AT_ONCE = 200;
const PEOPLE = 1_000;
const LOGINS_AT_ONCE = 8;
const MOST_TRIES = 100;
const LOOK_AGAIN_MS = 300;

const people: Person[] = Array.from({ length: PEOPLE }, (_, index) => ({
  subject: `sub-${index}`,
  username: `sailor-${index}`,
  name: `Sailor ${index}`,
  email: `sailor-${index}@example.com`,
  groups: ['crew'],
}));

describe('Over three replicas on MariaDB, at a provider that rotates and detects reuse,', () => {
  let scenario: OidcScenario<Cluster>;
  const secrets = new Map<string, string>();
  const browsers = new Map<string, Browser>();

  beforeAll(async () => {
    scenario = await OidcScenario.at(await Cluster.start(REPLICAS), { people, idTokenSeconds: 3_600 });
    const waiting = people.map(({ username }) => username);
    const logIn = async () => {
      for (let username = waiting.pop(); username; username = waiting.pop()) {
        const browser = await scenario.onboarded(username);
        browsers.set(username, browser);
        secrets.set(username, await scenario.secretOf(browser));
      }
    };
    await Promise.all(Array.from({ length: LOGINS_AT_ONCE }, logIn));
  });
  afterAll(() => scenario.close());

  const verifiedAt = async (replica: number, username: string) => {
    const { app, verifierToken } = scenario;
    const asked = { username, secret: secrets.get(username) };
    const { data, code } = await app.askAt(app.replicas[replica]!, { bearer: verifierToken }, VERIFY, asked);
    return (data?.verifyCliSecret?.status ?? code) as string;
  };
  const refreshesSince = ({ succeeded, refused }: { succeeded: number; refused: number }) => {
    const now = scenario.provider.refreshes;
    return { succeeded: now.succeeded - succeeded, refused: now.refused - refused };
  };
  const tokenStateOf = async (username: string) =>
    (await scenario.app.ask(browsers.get(username), ME)).data.me.oidcIdentity.tokenState as string;

  it('200 verifications at once of one expired grant share one refresh, and are all valid, fifty times over', async () => {
    const [before, answers] = [{ ...scenario.provider.refreshes }, new Tally()];
    for (let round = 1; round <= ROUNDS; round++) {
      await scenario.app.expire(['sailor-0']);
      const asked = Array.from({ length: AT_ONCE }, (_, index) => verifiedAt(index % REPLICAS, 'sailor-0'));
      for (const answer of await Promise.all(asked)) answers.add(answer);
      expect(refreshesSince(before)).toEqual({ succeeded: round, refused: 0 });
    }
    printFigures({ fault: '200 at once of one grant', rounds: ROUNDS, refreshes: refreshesSince(before), answers });
    expect(String(answers)).toBe(`VALID ${ROUNDS * AT_ONCE}`);
    expect(await tokenStateOf('sailor-0')).toBe('FRESH');
  });

  it('a thousand grants that expire together are refreshed once each', async () => {
    const [before, answers] = [{ ...scenario.provider.refreshes }, new Tally()];
    // A provider on a busy machine may need longer than a use waits: whoever was told to try again does so.
    const untilValid = async (username: string, index: number) => {
      for (let tries = 0; tries < MOST_TRIES; tries++) {
        const answer = await verifiedAt((index + tries) % REPLICAS, username);
        answers.add(answer);
        if (answer !== 'PROVIDER_UNAVAILABLE') return answer;
        await pause(LOOK_AGAIN_MS);
      }
      return 'never';
    };
    await scenario.app.expire();
    const last = await Promise.all(people.map(({ username }, index) => untilValid(username, index)));
    printFigures({ fault: '1,000 grants at once', rounds: 1, refreshes: refreshesSince(before), answers });
    expect(refreshesSince(before)).toEqual({ succeeded: PEOPLE, refused: 0 });
    expect(new Set(last)).toEqual(new Set(['VALID']));
  });
});
