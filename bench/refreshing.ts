import Database from 'better-sqlite3';
import { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiOf } from '../demo/api.js';
import { Browser } from '../test/support/browser.js';
import { round, say } from './rounds.js';
import { answers, end, freePort, startArguments, startNode } from './server.js';

const PASSWORD = 'Bench-password-1';
const OTHERS = 1_000;
const REFRESH_MS = 200;
/** Over how many seconds the thousand are refreshed: a minute, which has a target, and far quicker than grants expire. */
const [EVENLY, IN_A_RUSH] = [60, 10];
const ALONE_SECONDS = 10;
const LEAST_SHARE = 0.8;
const LOGINS_AT_ONCE = 10;
const CONFIGURE =
  'mutation($input: UpdateConfigurationInput!) { updateConfiguration(input: $input) { configuration { revision } } }';
const CREATE = 'mutation($input: CreateServiceTokenInput!) { createServiceToken(input: $input) { token } }';
const OWN = '{ me { username } cliSecret { secret } }';
const VERIFY =
  'query Verify($username: String!, $secret: Secret!) { verifyCliSecret(username: $username, secret: $secret) { status } }';

interface Member {
  readonly username: string;
  readonly secret: string;
}

/** Mooring beside a provider that takes its time, with people whose grants can be made to expire. */
class Refreshing {
  readonly members: Member[] = [];

  private constructor(
    readonly url: string,
    private readonly issuer: string,
    private readonly token: string,
    private readonly folder: string,
    private readonly processes: readonly ChildProcess[],
  ) {}

  static async open(): Promise<Refreshing> {
    const folder = await mkdtemp(join(tmpdir(), 'mooring-bench-'));
    const [port, providerPort] = [await freePort(), await freePort()];
    const [url, issuer] = [`http://localhost:${port}`, `http://127.0.0.1:${providerPort}`];
    const provider = startNode(['--import', 'tsx', 'bench/quick-provider.ts', `${REFRESH_MS}`, `${providerPort}`]);
    const mooring = startNode(await startArguments(), {
      ...{ DATA_DIR: folder, DATABASE_URL: `sqlite:${join(folder, 'mooring.db')}`, PUBLIC_URL: url, PORT: `${port}` },
      ...{ HOST: '127.0.0.1', ADMIN_PASSWORD: PASSWORD, LOG_LEVEL: 'warn', NODE_ENV: 'production' },
    });
    await Promise.all([answers(`${url}/health/ready`), answers(issuer)]);
    const api = apiOf(url, `Basic ${Buffer.from(`admin:${PASSWORD}`).toString('base64')}`);
    const claims = { groupsClaim: 'groups', userClaim: 'preferred_username', autoOnboard: true };
    const client = { clientId: 'mooring', clientSecret: 'bench-client-secret', scope: 'openid,offline_access' };
    await api(CONFIGURE, {
      input: { revision: 1, patch: { authMode: 'OIDC', oidc: { endpoint: issuer, ...client, ...claims } } },
    });
    const input = { name: 'bench', role: 'VERIFIER' };
    const { createServiceToken } = await api<{ createServiceToken: { token: string } }>(CREATE, { input });
    return new Refreshing(url, issuer, createServiceToken.token, folder, [mooring, provider]);
  }

  /** Logs so many people in, and learns their secrets. */
  async fill(size: number): Promise<void> {
    let left = size;
    const logIn = async () => {
      while (left-- > 0) this.members.push(await this.loggedIn());
    };
    await Promise.all(Array.from({ length: LOGINS_AT_ONCE }, logIn));
  }

  /** What a registry backend sends to verify somebody. */
  asked(member: Member) {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${this.token}` };
    return { method: 'POST' as const, headers, body: JSON.stringify({ query: VERIFY, variables: member }) };
  }

  /** Lets the grants of all but the first expire, and has each of them verified, evenly over so many seconds. */
  async refreshOthers(seconds: number): Promise<void> {
    const [first, ...others] = this.members;
    const database = new Database(join(this.folder, 'mooring.db'), { timeout: 10_000 });
    database
      .prepare(
        `UPDATE provider_grants SET expires_at = '2020-01-01 00:00:00.000'
         WHERE user_id NOT IN (SELECT id FROM users WHERE username = ?)`,
      )
      .run(first?.username);
    database.close();
    const begun = performance.now();
    const verifications = others.map(async (member, index) => {
      const at = begun + (index * seconds * 1_000) / others.length;
      await new Promise((done) => setTimeout(done, at - performance.now()));
      const text = await (await fetch(`${this.url}/graphql`, this.asked(member))).text();
      if (!text.includes('"VALID"')) throw new Error(`${member.username} was answered ${text}`);
    });
    await Promise.all(verifications);
  }

  async refreshes(): Promise<number> {
    return ((await (await fetch(`${this.issuer}/refreshes`)).json()) as { refreshes: number }).refreshes;
  }

  async close(): Promise<void> {
    await Promise.all(this.processes.map(end));
    await rm(this.folder, { recursive: true, force: true });
  }

  private async loggedIn(): Promise<Member> {
    const browser = new Browser();
    await browser.open(`${this.url}/c/oidc/login`, {}, (next) => next.pathname === '/');
    const body = JSON.stringify({ query: OWN });
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
    const { data } = JSON.parse((await browser.fetch(`${this.url}/graphql`, init)).text) as {
      data: { me: { username: string }; cliSecret: { secret: string } };
    };
    return { username: data.me.username, secret: data.cliSecret.secret };
  }
}

/** Measures verifications of a fresh grant alone, and while a thousand others are refreshed; whether the share holds. */
export async function measureRefreshing(): Promise<boolean> {
  const scene = await Refreshing.open();
  try {
    say(`Logging ${OTHERS + 1} people in ...`);
    await scene.fill(OTHERS + 1);
    const verified = (seconds: number) => round(`${scene.url}/graphql`, scene.asked(scene.members[0]), seconds);
    await verified(2);
    const shareBeside = async (seconds: number) => {
      const alone = await verified(ALONE_SECONDS);
      const [beside] = await Promise.all([verified(seconds), scene.refreshOthers(seconds)]);
      const share = beside.perSecond / alone.perSecond;
      const kept = `${share.toFixed(2)} of ${alone.perSecond.toFixed(0)}/s are left, p99 ${alone.p99} and ${beside.p99} ms`;
      say(`beside refreshes  ${OTHERS} in ${seconds} s: ${kept}`);
      return share;
    };
    const share = await shareBeside(EVENLY);
    await shareBeside(IN_A_RUSH);
    say(
      `                  (at least ${LEAST_SHARE} in ${EVENLY} s); ${await scene.refreshes()} refreshes of ${2 * OTHERS}`,
    );
    return share >= LEAST_SHARE;
  } finally {
    await scene.close();
  }
}
