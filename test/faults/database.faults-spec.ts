import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { GENERATE, VERIFY } from '../support/documents.js';
import { printFigures, Tally } from '../support/fault-table.js';
import { Cluster } from '../support/cluster.js';
import { OidcScenario } from '../support/oidc-scenario.js';
import { pausedAnswer } from '../support/paused-requests.js';

const REPLICAS = 3;
const AWAY_MS = 20_000;
const LOOK_AGAIN_MS = 50;

describe('A cluster on MariaDB', () => {
  let scenario: OidcScenario<Cluster>;
  let secret: string;

  beforeAll(async () => {
    scenario = await OidcScenario.at(await Cluster.start(REPLICAS), { idTokenSeconds: 3_600 });
    secret = await scenario.secretOf(await scenario.onboarded('lin'));
  });
  // A story that failed halfway leaves the database to the next one.
  afterEach(() => scenario.app.server.start());
  afterAll(() => scenario.close());

  const verifiedAt = async (replica: number, answers: Tally) => {
    const { app, verifierToken } = scenario;
    const asked = { username: 'lin', secret };
    const { data, code } = await app.askAt(app.replicas[replica]!, { bearer: verifierToken }, VERIFY, asked);
    const answer = (data?.verifyCliSecret?.status ?? code) as string;
    answers.add(answer);
    return answer;
  };
  const untilValidEverywhere = async (answers: Tally) => {
    for (let replica = 0; replica < REPLICAS; replica++) {
      while ((await verifiedAt(replica, answers)) !== 'VALID') await pause(LOOK_AGAIN_MS);
    }
  };
  const figures = (fault: string, answers: Tally) =>
    printFigures({ fault, rounds: 1, refreshes: scenario.provider.refreshes, answers });

  it('that is away for 20 seconds says so meanwhile, and serves by itself when it is back, with nothing lost', async () => {
    const [meanwhile, after] = [new Tally(), new Tally()];
    const newcomer = await scenario.onboarded('sam');
    const acknowledged = (await scenario.app.ask(newcomer, GENERATE)).data.generateCliSecret.cliSecret.secret;
    await scenario.app.server.stop();
    for (const end = performance.now() + AWAY_MS; performance.now() < end;) {
      await Promise.all(scenario.app.replicas.map((_replica, index) => verifiedAt(index, meanwhile)));
    }
    await scenario.app.server.start();
    await untilValidEverywhere(after);
    figures('MariaDB away, meanwhile', meanwhile);
    figures('MariaDB away, afterwards', after);
    expect(meanwhile.kinds).toEqual(['SERVICE_UNAVAILABLE']);
    expect((await scenario.verify('sam', acknowledged)).status).toBe('VALID');
  });

  it('that is lost just when a rotated token is to be written writes it afterwards', async () => {
    const [before, answers] = [{ ...scenario.provider.refreshes }, new Tally()];
    const held = pausedAnswer(scenario.provider);
    await scenario.app.expire(['lin']);
    const caught = verifiedAt(0, answers);
    const send = await held;
    await scenario.app.server.stop('SIGKILL');
    send();
    expect(['SERVICE_UNAVAILABLE', 'PROVIDER_UNAVAILABLE']).toContain(await caught);
    await scenario.app.server.start();
    await untilValidEverywhere(answers);
    figures('MariaDB lost at the write of a token', answers);
    expect(scenario.provider.refreshes).toEqual({ succeeded: before.succeeded + 1, refused: before.refused });
    await scenario.app.expire(['lin']);
    expect(await verifiedAt(1, answers)).toBe('VALID');
    expect(scenario.provider.refreshes.refused).toBe(before.refused);
  });

  it.each(['', randomBytes(32).toString('base64')])(
    'lets no replica start with no encryption key, or with another one, and goes on',
    async (ENCRYPTION_KEY) => {
      const stranger = scenario.app.newReplica({ ENCRYPTION_KEY });
      await expect(stranger).rejects.toThrow(
        ENCRYPTION_KEY ? 'The encryption key is not the one' : 'ENCRYPTION_KEY must be',
      );
      expect(await verifiedAt(0, new Tally())).toBe('VALID');
    },
  );
});
