import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { PoolConnection, RowDataPacket } from 'mysql2/promise';
import { Browser } from '../support/browser.js';
import { CLI_SECRET, CREATE_TOKEN, VERIFY } from '../support/documents.js';
import { printFigures, Tally } from '../support/fault-table.js';
import { Cluster } from '../support/cluster.js';
import { HOSTILE_CLIENT_SECRET, HostileIssuer, HostileProvider } from '../support/hostile-provider.js';
import { ServerProcess } from '../support/server-process.js';

const LOOK_AGAIN_MS = 20;
const MOST_LOOKS = 500;
const GRANT = `SELECT sealed_refresh_token AS token, end_reason AS ended, is_foreign AS isForeign, version,
  lease_owner AS owner, unclear_from_ms AS unclearFrom, failure FROM provider_grants`;
const WAITING = `SELECT ID AS id FROM information_schema.PROCESSLIST
  WHERE STATE LIKE 'Waiting for table%' AND INFO LIKE '%UPDATE%provider_grants%'`;

/** The classes of answers to a refresh; the status of a secret afterwards. */
const CLASSES = [
  ['refused', 'REFRESH_REJECTED'],
  ['silence', 'PROVIDER_UNAVAILABLE'],
  ['client', 'PROVIDER_REJECTED_CLIENT'],
  ['unclear', 'REFRESH_UNCLEAR'],
  ['foreign', 'REFRESH_UNCLEAR'],
  ['good', 'VALID'],
] as const;
type Class = (typeof CLASSES)[number][0];
const ALL: readonly Class[] = CLASSES.map(([what]) => what);

const REFUSALS: Partial<Record<Class, readonly [number, string]>> = {
  refused: [400, '{"error":"invalid_grant"}'],
  silence: [503, ''],
  client: [401, '{"error":"invalid_client"}'],
  unclear: [400, ''],
};

describe('A refresh over two replicas', () => {
  let cluster: Cluster;
  let provider: HostileProvider;
  let issuer: HostileIssuer;
  let verifier: { readonly bearer: string };
  let secret: string;
  let answers: Tally;
  /** Takes the next request to this endpoint; undefined: the provider answers it. */
  const holders: Partial<Record<'token' | 'userinfo', (response: ServerResponse) => void>> = {};
  /** Whether refreshes bring an ID token, and userinfo answers. */
  let isProven = true;

  const login = async () => {
    const browser = new Browser();
    const isPortal = ({ pathname }: URL) => pathname === '/profile';
    const page = await browser.open(`${cluster.url}/c/oidc/login?redirect_url=/profile`, {}, isPortal);
    expect([page.url.pathname, page.text]).toEqual(['/profile', '']);
    return browser;
  };
  beforeAll(async () => {
    [cluster, provider] = await Promise.all([Cluster.start(2), HostileProvider.start(() => new Date())]);
    issuer = provider.issuer('lin', {
      tokens: (honest, form) =>
        isProven || form.get('grant_type') !== 'refresh_token' ? honest : { ...honest, id_token: undefined },
      answer: (endpoint, _request, response) => {
        const form = issuer.asked.at(-1)?.form;
        const place = endpoint === 'userinfo' || form?.get('grant_type') === 'refresh_token' ? endpoint : 'discovery';
        const holder = holders[place as 'token'];
        delete holders[place as 'token'];
        holder?.(response);
        if (!holder && endpoint === 'userinfo' && !isProven) response.writeHead(503).end();
        return holder !== undefined || (endpoint === 'userinfo' && !isProven);
      },
    });
    const client = { endpoint: issuer.url, clientId: 'mooring', clientSecret: HOSTILE_CLIENT_SECRET };
    await cluster.configure({
      authMode: 'OIDC',
      oidc: { ...client, scope: 'openid', groupsClaim: 'groups', autoOnboard: true },
    });
    const { data } = await cluster.ask(cluster.admin, CREATE_TOKEN, { input: { name: 'registry', role: 'VERIFIER' } });
    verifier = { bearer: data.createServiceToken.token };
    secret = (await cluster.ask(await login(), CLI_SECRET)).data.cliSecret.secret;
  });
  afterAll(async () => {
    await cluster.stop();
    await provider.close();
  });
  beforeEach(async () => {
    isProven = true;
    delete holders.token;
    answers = new Tally();
    await login();
    await cluster.expire();
  });

  const verifiedAt = async (replica: ServerProcess) => {
    const { data, code } = await cluster.askAt(replica, verifier, VERIFY, { username: 'lin', secret });
    const answer = (data?.verifyCliSecret?.status ?? code) as string;
    answers.add(answer);
    return answer;
  };
  const grant = () => cluster.until(GRANT);
  const held = (place: 'token' | 'userinfo') =>
    new Promise<ServerResponse>((reach) => void (holders[place] = (response) => reach(response)));
  const bodyOf = async (what: 'foreign' | 'good') => {
    const iat = Math.floor(Date.now() / 1000);
    const sub = what === 'good' ? issuer.subject : 'sub-mallory';
    const idToken = await issuer.pair.sign({ iss: issuer.url, aud: 'mooring', sub, iat, exp: iat + 300, groups: [] });
    return JSON.stringify({ token_type: 'Bearer', access_token: 'at', refresh_token: 'r2', id_token: idToken });
  };
  const send = async (response: ServerResponse, what: Class) => {
    const [status, body] = REFUSALS[what] ?? [200, await bodyOf(what as 'good')];
    const answer = (one: ServerResponse) =>
      void one.writeHead(status, { 'content-type': 'application/json' }).end(body);
    // The other method of client authentication may be tried as well.
    if (what === 'client') holders.token = answer;
    answer(response);
  };
  /** Has the first replica begin a refresh, up to where the provider is to answer. */
  const begun = async () => {
    const asked = held('token');
    const waiting = verifiedAt(cluster.replicas[0]!).catch(() => 'connection lost');
    return { response: await asked, waiting };
  };
  /** Ends leases and pauses, as time does. */
  const waitLong = () => cluster.database.query('UPDATE provider_grants SET lease_until = 1, retry_at = NULL');
  const until = async (status: string) => {
    for (let looks = 0; looks < MOST_LOOKS; looks++) {
      await waitLong();
      if ((await verifiedAt(cluster.replicas[1]!)) === status) return;
      await pause(LOOK_AGAIN_MS);
    }
    throw new Error(`Never ${status}: ${answers.toString()}`);
  };
  const isWell = async (fault: string) => {
    delete holders.token;
    await until('VALID');
    const refreshes = { succeeded: issuer.timesAsked('token'), refused: 0 };
    printFigures({ fault, rounds: 1, refreshes, answers });
  };
  /** Locks the grants, lets the provider answer, and returns once the write of that waits. */
  const stuckWrite = async (response: ServerResponse, what: Class) => {
    const lock: PoolConnection = await cluster.database.getConnection();
    await lock.query('LOCK TABLES provider_grants WRITE');
    await send(response, what);
    await cluster.until(WAITING);
    const lose = async () => {
      const [rows] = await cluster.database.query<RowDataPacket[]>(WAITING);
      for (const { id } of rows) await cluster.database.query(`KILL ${Number(id)}`).catch(() => undefined);
    };
    const unlock = async () => {
      await lock.query('UNLOCK TABLES');
      lock.release();
    };
    return { lose, unlock };
  };

  it('that dies before the answer leaves the grant as it was', async () => {
    const { response, waiting } = await begun();
    const before = await grant();
    await cluster.replace(0);
    response.destroy();
    await waiting;
    expect(await grant()).toEqual(before);
    await isWell('killed before the answer');
  });

  it.each(ALL)('that dies while an answer of the class "%s" is written leaves the grant as it was', async (what) => {
    const { response, waiting } = await begun();
    const before = await grant();
    const { lose, unlock } = await stuckWrite(response, what);
    await cluster.replicas[0]!.end('SIGKILL');
    await lose();
    await unlock();
    await waiting;
    await cluster.replace(0);
    expect(await grant()).toEqual(before);
    await isWell(`killed at the write: ${what}`);
  });

  it.each(ALL)('whose write of an answer of the class "%s" fails stores it all the same, or nothing', async (what) => {
    const { response, waiting } = await begun();
    const before = await grant();
    const { lose, unlock } = await stuckWrite(response, what);
    await lose();
    await unlock();
    expect(await waiting).not.toBe('INTERNAL_SERVER_ERROR');
    if (what === 'refused') {
      await until('REFRESH_REJECTED');
      expect((await grant()).ended).toBe('REFRESH_REJECTED');
    } else {
      const after = await grant();
      expect(after.ended).toBeNull();
      if (what !== 'good' && what !== 'foreign') expect(after.token).toBe(before.token);
      await isWell(`write failed: ${what}`);
    }
  });

  it.each(ALL)('that is answered by the class "%s" after a login changes nothing of that login', async (what) => {
    const { response, waiting } = await begun();
    await login();
    const before = await grant();
    await send(response, what);
    expect(await waiting).toBe('VALID');
    expect(await grant()).toEqual(before);
  });

  it.each(CLASSES)(
    'that is answered by the class "%s" while both replicas are asked is one, and says %s',
    async (what, status) => {
      const asked = issuer.timesAsked('token');
      const { response, waiting } = await begun();
      const other = verifiedAt(cluster.replicas[1]!);
      await pause(LOOK_AGAIN_MS);
      await send(response, what);
      expect([await waiting, await other]).toEqual([status, status]);
      // The other method of client authentication is tried too, but not again within ten minutes.
      expect(issuer.timesAsked('token') - asked).toBeLessThanOrEqual(what === 'client' ? 2 : 1);
      const after = await grant();
      expect([after.ended, Boolean(after.isForeign)]).toEqual([
        what === 'refused' ? 'REFRESH_REJECTED' : null,
        what === 'foreign',
      ]);
      if (what !== 'refused') await isWell(`both asked: ${what}`);
    },
  );

  it.each(['foreign', 'good'] as const)(
    'that dies between keeping a token of the class "%s" and verifying it has kept a token that proves nothing',
    async (what) => {
      isProven = false;
      const before = await grant();
      const asked = held('userinfo');
      const { response, waiting } = await begun();
      response.end('{"token_type":"Bearer","access_token":"at","refresh_token":"r2"}');
      const userinfo = await asked;
      await cluster.replace(0);
      userinfo.end(JSON.stringify({ sub: what === 'good' ? issuer.subject : 'sub-mallory' }));
      await waiting;
      const { token, ended, isForeign } = await grant();
      expect([token === before.token, ended, Boolean(isForeign)]).toEqual([false, null, true]);
      await until('REFRESH_UNCLEAR');
      expect(Boolean((await grant()).isForeign)).toBe(true);
      isProven = true;
      await isWell(`killed before the verification: ${what}`);
      expect(Boolean((await grant()).isForeign)).toBe(false);
    },
  );
});
