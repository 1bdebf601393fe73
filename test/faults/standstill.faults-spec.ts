import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { VERIFY } from '../support/documents.js';
import { printFigures, Tally } from '../support/fault-table.js';
import { Fleet } from '../support/fleet.js';
import { Harbour } from '../support/harbour.js';
import { ServerProcess } from '../support/server-process.js';

const LEASED = 'SELECT 1 FROM provider_grants WHERE lease_owner IS NOT NULL';
const LEASE_IS_OVER = 'SELECT 1 FROM provider_grants WHERE lease_until < ROUND(UNIX_TIMESTAMP(NOW(3)) * 1000)';
const FRESH = 'SELECT 1 FROM provider_grants WHERE expires_at > UTC_TIMESTAMP(3) AND lease_owner IS NULL';
/** Longer than the lease before sending, in milliseconds. */
const STANDSTILL_MS = 35_000;

describe('A replica that stands still while it refreshes', () => {
  let harbour: Harbour<Fleet>;
  let secret: string;
  let stopped: ServerProcess;
  let answers: Tally;

  beforeEach(async () => {
    harbour = await Harbour.at(await Fleet.start(2), { idTokenSeconds: 3_600 });
    secret = await harbour.secretOf(await harbour.onboarded('lin'));
    stopped = await harbour.app.newReplica();
    harbour.app.replicas.push(stopped);
    answers = new Tally();
  });
  afterEach(() => harbour.close());

  const verifiedAt = async (replica: ServerProcess) => {
    const { app, verifierToken } = harbour;
    const { data, code } = await app.askAt(replica, { bearer: verifierToken }, VERIFY, { username: 'lin', secret });
    const answer = (data?.verifyCliSecret?.status ?? code) as string;
    answers.add(answer);
    return answer;
  };
  const goesOn = async (fault: string) => {
    const { refreshes } = harbour.provider;
    printFigures({ fault, rounds: 1, refreshes, answers });
    expect(refreshes.refused).toBe(0);
    await harbour.app.expire();
    for (const replica of harbour.app.replicas) expect(await verifiedAt(replica)).toBe('VALID');
    expect(refreshes.refused).toBe(0);
  };

  it('before it has sent the token sends nothing when it goes on after its lease, for another one has used it', async () => {
    let proceed = () => undefined as void;
    const reached = new Promise<void>((done) => {
      // The new replica has never spoken to the provider: it asks for its metadata first, under the lease.
      harbour.provider.atOtherEndpoints = (_request, _response, next) => {
        proceed = next;
        done();
      };
    });
    await harbour.app.expire();
    const late = verifiedAt(stopped);
    await reached;
    stopped.process.kill('SIGSTOP');
    harbour.provider.atOtherEndpoints = undefined;
    proceed();
    await harbour.app.until(LEASE_IS_OVER);
    expect(await verifiedAt(harbour.app.replicas[0])).toBe('VALID');
    stopped.process.kill('SIGCONT');
    expect(await late).toBe('VALID');
    expect(harbour.provider.refreshes).toEqual({ succeeded: 1, refused: 0 });
    await goesOn('stopped before sending');
  });

  it('after it has sent the token takes the answer in when it goes on, and nobody uses the spent token meanwhile', async () => {
    let proceed = () => undefined as void;
    const reached = new Promise<void>((done) => {
      harbour.provider.atTokenEndpoint = (_request, _response, next) => {
        proceed = next;
        done();
      };
    });
    await harbour.app.expire();
    const late = verifiedAt(stopped);
    await reached;
    stopped.process.kill('SIGSTOP');
    harbour.provider.atTokenEndpoint = undefined;
    proceed();
    await harbour.app.until(LEASED);
    for (const end = performance.now() + STANDSTILL_MS; performance.now() < end;) {
      expect(await verifiedAt(harbour.app.replicas[0])).toBe('PROVIDER_UNAVAILABLE');
    }
    stopped.process.kill('SIGCONT');
    await late;
    await harbour.app.until(FRESH);
    expect(harbour.provider.refreshes).toEqual({ succeeded: 1, refused: 0 });
    expect(await verifiedAt(harbour.app.replicas[0])).toBe('VALID');
    await goesOn('stopped after sending');
  });
});
