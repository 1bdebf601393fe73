import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { VERIFY } from '../support/documents.js';
import { printFigures, Tally } from '../support/fault-table.js';
import { Cluster } from '../support/cluster.js';
import { OidcScenario } from '../support/oidc-scenario.js';
import { pausedRequest } from '../support/paused-requests.js';
import { ServerProcess } from '../support/server-process.js';

const LEASE_IS_OVER = 'SELECT 1 FROM provider_grants WHERE lease_until < ROUND(UNIX_TIMESTAMP(NOW(3)) * 1000)';
const FRESH = 'SELECT 1 FROM provider_grants WHERE expires_at > UTC_TIMESTAMP(3) AND lease_owner IS NULL';
/** Longer than an answer is listened for, in milliseconds. */
const STANDSTILL_MS = 35_000;

describe('A replica that stands still while it refreshes', () => {
  let scenario: OidcScenario<Cluster>;
  let secret: string;
  let stopped: ServerProcess;
  let answers: Tally;

  beforeEach(async () => {
    scenario = await OidcScenario.at(await Cluster.start(2), { idTokenSeconds: 3_600 });
    secret = await scenario.secretOf(await scenario.onboarded('lin'));
    stopped = await scenario.app.newReplica();
    scenario.app.replicas.push(stopped);
    answers = new Tally();
  });
  afterEach(() => scenario.close());

  const verifiedAt = async (replica: ServerProcess) => {
    const { app, verifierToken } = scenario;
    const { data, code } = await app.askAt(replica, { bearer: verifierToken }, VERIFY, { username: 'lin', secret });
    const answer = (data?.verifyCliSecret?.status ?? code) as string;
    answers.add(answer);
    return answer;
  };
  const goesOn = async (fault: string) => {
    const { refreshes } = scenario.provider;
    printFigures({ fault, rounds: 1, refreshes, answers });
    expect(refreshes.refused).toBe(0);
    await scenario.app.expire();
    for (const replica of scenario.app.replicas) expect(await verifiedAt(replica)).toBe('VALID');
    expect(refreshes.refused).toBe(0);
  };

  /** Has it begin a refresh, and stops it where the provider sees its next request; the request is answered all the same. */
  const stoppedAt = async (place: 'atTokenEndpoint' | 'atOtherEndpoints') => {
    const held = pausedRequest(scenario.provider, place);
    await scenario.app.expire();
    const late = verifiedAt(stopped);
    const proceed = await held;
    stopped.process.kill('SIGSTOP');
    proceed();
    return {
      goOn: () => {
        stopped.process.kill('SIGCONT');
        return late;
      },
    };
  };

  it('before it has sent the token sends nothing when it goes on after its lease, for another one has used it', async () => {
    // The new replica has never spoken to the provider: it asks for its metadata first, under the lease.
    const { goOn } = await stoppedAt('atOtherEndpoints');
    await scenario.app.until(LEASE_IS_OVER);
    expect(await verifiedAt(scenario.app.replicas[0]!)).toBe('VALID');
    expect(await goOn()).toBe('VALID');
    expect(scenario.provider.refreshes).toEqual({ succeeded: 1, refused: 0 });
    await goesOn('stopped before sending');
  });

  it('after it has sent the token takes the answer in when it goes on, and nobody uses the spent token meanwhile', async () => {
    const { goOn } = await stoppedAt('atTokenEndpoint');
    for (const end = performance.now() + STANDSTILL_MS; performance.now() < end;) {
      expect(await verifiedAt(scenario.app.replicas[0]!)).toBe('PROVIDER_UNAVAILABLE');
    }
    await goOn();
    await scenario.app.until(FRESH);
    expect(scenario.provider.refreshes).toEqual({ succeeded: 1, refused: 0 });
    expect(await verifiedAt(scenario.app.replicas[0]!)).toBe('VALID');
    await goesOn('stopped after sending');
  });
});
