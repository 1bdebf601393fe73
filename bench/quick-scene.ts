import { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Api, apiOf } from '../demo/api.js';
import { Browser } from '../test/support/browser.js';
import { freePort } from '../test/support/free-port.js';
import { answers, end, startArguments, startNode } from './server.js';
import { Engine, openStore, Store } from './stores.js';

const PASSWORD = 'Bench-password-1';
const LOGINS_AT_ONCE = 10;
const CONFIGURE =
  'mutation($input: UpdateConfigurationInput!) { updateConfiguration(input: $input) { configuration { revision } } }';
const CREATE = 'mutation($input: CreateServiceTokenInput!) { createServiceToken(input: $input) { token } }';
const OWN = '{ me { username } cliSecret { secret } }';
const VERIFY =
  'query Verify($username: String!, $secret: Secret!, $clientAddress: String) { verifyCliSecret(username: $username, secret: $secret, clientAddress: $clientAddress) { status } }';

/** A user who has logged in. */
export interface Member {
  readonly username: string;
  readonly secret: string;
}

interface Parts {
  readonly mooring: ChildProcess;
  readonly provider: ChildProcess;
  readonly store: Store;
  readonly folder: string;
}

async function closeAll({ mooring, provider, store, folder }: Parts): Promise<void> {
  await Promise.all([mooring, provider].map(end));
  await store.close();
  await rm(folder, { recursive: true, force: true });
}

/** Mooring with a provider that needs almost no CPU time, and users whose grants can be made to expire. */
export class QuickScene {
  readonly members: Member[] = [];

  private constructor(
    readonly url: string,
    private readonly issuer: string,
    /** The API as the administrator calls it. */
    readonly admin: Api,
    private readonly token: string,
    private readonly parts: Parts,
  ) {}

  get mooring(): ChildProcess {
    return this.parts.mooring;
  }

  /** The database, as the benchmark sees it. */
  get store(): Store {
    return this.parts.store;
  }

  /** @param refreshMs how long the provider takes for a refresh, in milliseconds */
  static async open(engine: Engine, refreshMs: number): Promise<QuickScene> {
    const folder = await mkdtemp(join(tmpdir(), 'mooring-bench-'));
    const store = await openStore(engine, folder);
    const [port, providerPort] = [await freePort(), await freePort()];
    const [url, issuer] = [`http://localhost:${port}`, `http://127.0.0.1:${providerPort}`];
    const provider = startNode(['--import', 'tsx', 'bench/quick-provider.ts', `${refreshMs}`, `${providerPort}`]);
    const mooring = startNode(await startArguments(), {
      ...{ DATA_DIR: folder, ...store.variables, PUBLIC_URL: url, PORT: `${port}` },
      ...{ HOST: '127.0.0.1', ADMIN_PASSWORD: PASSWORD, LOG_LEVEL: 'warn', NODE_ENV: 'production' },
    });
    try {
      await Promise.all([answers(`${url}/health/ready`, mooring), answers(issuer, provider)]);
      return await QuickScene.configure(url, issuer, { mooring, provider, store, folder });
    } catch (error) {
      await closeAll({ mooring, provider, store, folder });
      throw error;
    }
  }

  private static async configure(url: string, issuer: string, parts: Parts): Promise<QuickScene> {
    const api = apiOf(url, `Basic ${Buffer.from(`admin:${PASSWORD}`).toString('base64')}`);
    const claims = { groupsClaim: 'groups', userClaim: 'preferred_username', autoOnboard: true };
    const client = { clientId: 'mooring', clientSecret: 'bench-client-secret', scope: 'openid,offline_access' };
    await api(CONFIGURE, {
      input: { revision: 1, patch: { authMode: 'OIDC', oidc: { endpoint: issuer, ...client, ...claims } } },
    });
    const input = { name: 'bench', role: 'VERIFIER' };
    const { createServiceToken } = await api<{ createServiceToken: { token: string } }>(CREATE, { input });
    return new QuickScene(url, issuer, api, createServiceToken.token, parts);
  }

  /** Logs that many users in, and gets their secrets. */
  async fill(size: number): Promise<void> {
    let left = size;
    const logIn = async () => {
      while (left-- > 0) await this.logIn();
    };
    await Promise.all(Array.from({ length: LOGINS_AT_ONCE }, logIn));
  }

  /** Logs a new user in. */
  async logIn(): Promise<Member> {
    const browser = new Browser();
    await browser.open(`${this.url}/c/oidc/login`, {}, (next) => next.pathname === '/');
    const body = JSON.stringify({ query: OWN });
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
    const { data } = JSON.parse((await browser.fetch(`${this.url}/graphql`, init)).text) as {
      data: { me: { username: string }; cliSecret: { secret: string } };
    };
    const member = { username: data.me.username, secret: data.cliSecret.secret };
    this.members.push(member);
    return member;
  }

  /** The request of a registry backend that verifies a user's secret. */
  asked(member?: Member, clientAddress?: string) {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${this.token}` };
    const body = JSON.stringify({ query: VERIFY, variables: { ...member, clientAddress } });
    return { method: 'POST' as const, headers, body };
  }

  /** Lets the grants of all users but some expire. */
  expireOthers(...spared: readonly Member[]): Promise<void> {
    return this.parts.store.run(
      `UPDATE provider_grants SET expires_at = '2020-01-01 00:00:00.000'
       WHERE user_id NOT IN (SELECT id FROM users WHERE username IN (${spared.map(() => '?').join(', ')}))`,
      ...spared.map(({ username }) => username),
    );
  }

  /** The number of refreshes at the provider. */
  async refreshes(): Promise<number> {
    return ((await (await fetch(`${this.issuer}/refreshes`)).json()) as { refreshes: number }).refreshes;
  }

  close(): Promise<void> {
    return closeAll(this.parts);
  }
}
