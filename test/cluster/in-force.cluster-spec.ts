import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Browser } from '../support/browser.js';
import { Cluster } from '../support/cluster.js';
import {
  CREATE_RULE,
  END_SESSION,
  EXPLAIN,
  GENERATE,
  LOGIN_OPTIONS,
  ME,
  SESSIONS,
  SET_DISABLED,
  UPDATE_RULE,
  VERIFY,
} from '../support/documents.js';
import { printFigures, Tally } from '../support/fault-table.js';
import { GaleraCluster } from '../support/galera.js';
import type { Asker } from '../support/graphql.js';
import { RULE } from '../support/mutation-subjects.js';
import { OidcScenario } from '../support/oidc-scenario.js';
import { ROUNDS } from './rounds.js';

const NODES = 3;
const AT_ONCE = 200;
const REFRESH_ROUNDS = Math.min(20, Math.ceil(ROUNDS / 12));

describe('What was acknowledged at one node of Galera is in force at the replicas of the others at once:', () => {
  let scenario: OidcScenario<Cluster<GaleraCluster>>;
  let admin: Browser;
  let lin: Browser;
  beforeAll(async () => {
    scenario = await OidcScenario.at(await Cluster.on(await GaleraCluster.start(), NODES), { idTokenSeconds: 3_600 });
    admin = await scenario.app.adminSession();
    lin = await scenario.onboarded('lin');
  });
  afterAll(() => scenario?.close());

  const askAt = (replica: number, asker: Asker, query: string, variables: object = {}) =>
    scenario.app.askAt(scenario.app.replicas[replica % NODES]!, asker, query, variables);
  const accepted = async (replica: number, asker: Asker, query: string, input: object) => {
    const answer = await askAt(replica, asker, query, { input });
    if (answer.code) throw new Error(`The change was refused: ${answer.text}`);
    return answer.data;
  };
  const verifiedAt = async (replica: number, secret: string) => {
    const asked = { username: 'lin', secret };
    const { data, code } = await askAt(replica, { bearer: scenario.verifierToken }, VERIFY, asked);
    return (data?.verifyCliSecret?.status ?? code) as string;
  };
  /** Changes something at each replica in turn, and reads it at once at both others; a reader returns `new` where it is in force. */
  const changeAndRead = async (
    fault: string,
    change: (replica: number, round: number) => Promise<(replica: number) => Promise<string>>,
  ) => {
    const answers = new Tally();
    for (let round = 0; round < ROUNDS; round++) {
      const read = await change(round % NODES, round);
      for (const answer of await Promise.all([read(round + 1), read(round + 2)])) answers.add(answer);
    }
    printFigures({ fault, rounds: ROUNDS, answers });
    expect(answers.kinds).toEqual(['new']);
  };
  const newIf = (isNew: boolean) => (isNew ? 'new' : 'old');

  it('the old secret is refused', async () => {
    let secret = await scenario.secretOf(lin);
    await changeAndRead('Secrets', async (replica) => {
      const old = secret;
      secret = (await accepted(replica, lin, GENERATE, {})).generateCliSecret.cliSecret.secret as string;
      return async (reader) => {
        const answer = await verifiedAt(reader, old);
        return answer === 'MISMATCH' ? 'new' : answer;
      };
    });
    expect(await verifiedAt(0, secret)).toBe('VALID');
  });

  it('an access rule is asked as it was changed', async () => {
    const { createAccessRule } = await accepted(0, admin, CREATE_RULE, { rule: RULE });
    const asked = { username: 'lin', repository: 'team/app', action: 'PULL' };
    await changeAndRead('Access rules', async (replica, round) => {
      const isAllowed = round % 2 === 1;
      const rule = { ...RULE, actions: isAllowed ? ['PULL', 'DELETE'] : ['DELETE'] };
      await accepted(replica, admin, UPDATE_RULE, { accessRuleId: createAccessRule.accessRule.id, rule });
      return async (reader) => {
        const { data, code } = await askAt(reader, admin, EXPLAIN, asked);
        return code ?? newIf(data.explainAccess.allowed === isAllowed);
      };
    });
  });

  it('a setting is read as it was changed', async () => {
    await changeAndRead('Settings', async (_replica, round) => {
      const name = `Office ${round}`;
      const changed = await scenario.configure({ oidc: { name } });
      if (changed.code) throw new Error(`The change was refused: ${changed.text}`);
      return async (reader) => {
        const { data, code } = await askAt(reader, undefined, LOGIN_OPTIONS);
        return code ?? newIf(data.loginOptions.oidcProvider.name === name);
      };
    });
  });

  it('a session that was ended is over', async () => {
    await changeAndRead('Sessions', async (replica) => {
      const phone = new Browser();
      await scenario.login(phone, 'lin');
      const { sessions } = (await askAt(replica, phone, SESSIONS)).data;
      const { id } = sessions.find((session: { isCurrent: boolean }) => session.isCurrent);
      await accepted(replica, lin, END_SESSION, { sessionId: id });
      return async (reader) => {
        const { data, code } = await askAt(reader, phone, ME);
        return code ?? newIf(data.me === null);
      };
    });
  });

  it('somebody who was disabled is refused, and let in again when enabled', async () => {
    const sam = await scenario.onboarded('sam');
    const secret = await scenario.secretOf(sam);
    const userId = (await scenario.app.ask(sam, ME)).data.me.id as string;
    await changeAndRead('Disabling', async (replica, round) => {
      const isDisabled = round % 2 === 0;
      await accepted(replica, admin, SET_DISABLED, { userId, isDisabled });
      return async (reader) => {
        const asked = { username: 'sam', secret };
        const { data, code } = await askAt(reader, { bearer: scenario.verifierToken }, VERIFY, asked);
        return code ?? newIf((data.verifyCliSecret.status === 'USER_DISABLED') === isDisabled);
      };
    });
  });

  it(`${AT_ONCE} verifications of one expired grant share one refresh`, async () => {
    const secret = await scenario.secretOf(lin);
    const answers = new Tally();
    const before = { ...scenario.provider.refreshes };
    for (let round = 1; round <= REFRESH_ROUNDS; round++) {
      await scenario.app.expire(['lin']);
      const asked = Array.from({ length: AT_ONCE }, (_, index) => verifiedAt(index, secret));
      for (const answer of await Promise.all(asked)) answers.add(answer);
      const { succeeded, refused } = scenario.provider.refreshes;
      expect([succeeded - before.succeeded, refused - before.refused]).toEqual([round, 0]);
    }
    const refreshes = { succeeded: scenario.provider.refreshes.succeeded - before.succeeded, refused: 0 };
    printFigures({ fault: 'One expired grant', rounds: REFRESH_ROUNDS, refreshes, answers });
    expect(answers.kinds).toEqual(['VALID']);
  });
});
