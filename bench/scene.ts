import { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Api, apiOf } from '../demo/api.js';
import { RunningOpenIdProvider, startOpenIdProvider } from '../demo/openid-provider.js';
import { PEOPLE } from '../demo/people.js';
import { Browser } from '../test/support/browser.js';
import { freePort } from '../test/support/free-port.js';
import { answers, end, startArguments, startNode } from './server.js';
import { Engine, openStore } from './stores.js';

const PASSWORD = 'Bench-password-1';
const CONFIGURE =
  'mutation($input: UpdateConfigurationInput!) { updateConfiguration(input: $input) { configuration { revision } } }';
const ONBOARD = 'mutation($input: OnboardInput!) { onboard(input: $input) { user { id } } }';
const CREATE_RULE =
  'mutation($input: CreateAccessRuleInput!) { createAccessRule(input: $input) { accessRule { id } } }';
const GROUPS = Array.from({ length: 20 }, (_, index) => `group-${index}`);
const CREATE = 'mutation($input: CreateServiceTokenInput!) { createServiceToken(input: $input) { token } }';

/** Mooring with one user in OIDC mode, and the baseline on the same database. */
export interface Scene {
  readonly mooring: ChildProcess;
  readonly mooringUrl: string;
  /** The API as the administrator calls it. */
  readonly admin: Api;
  readonly baselineUrl: string;
  readonly serviceToken: string;
  readonly secret: string;
  /** A user in 20 groups, with 100 access rules in the installation. */
  readonly member: { readonly username: string; readonly secret: string };
  close(): Promise<void>;
}

async function secretOf(mooringUrl: string, provider: RunningOpenIdProvider, login: string): Promise<string> {
  const browser = new Browser();
  const page = await browser.open(`${mooringUrl}/c/oidc/login`);
  await browser.submit(page, { login });
  if (!provider.people.some(({ username }) => username === login))
    throw new Error(`The provider does not know ${login}.`);
  const ask = async (query: string, variables: object = {}) => {
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    };
    return JSON.parse((await browser.fetch(`${mooringUrl}/graphql`, init)).text) as {
      data: { cliSecret: { secret: string } };
    };
  };
  await ask(ONBOARD, { input: { username: login } });
  return (await ask('{ cliSecret { secret } }')).data.cliSecret.secret;
}

async function configure(api: Api, issuer: string, client: { id: string; secret: string }): Promise<void> {
  const oidc = {
    endpoint: issuer,
    clientId: client.id,
    clientSecret: client.secret,
    scope: 'openid,profile,groups',
    groupsClaim: 'groups',
  };
  await api(CONFIGURE, { input: { revision: 1, patch: { authMode: 'OIDC', oidc } } });
}

/** Access rules for groups, all but one for groups that the user is not in. */
async function makeRules(api: Api): Promise<void> {
  for (let number = 0; number < 99; number++) {
    const repositoryPattern = `cluster-${number + 1}/**`;
    const rule = { repositoryPattern, actions: ['PULL'], subjectKind: 'GROUP', groupName: GROUPS[number % 20] };
    await api(CREATE_RULE, { input: { rule } });
  }
}

/** Sets everything up in a temporary folder, through the public API and a real login. */
export async function setScene(engine: Engine): Promise<Scene> {
  const folder = await mkdtemp(join(tmpdir(), 'mooring-bench-'));
  const store = await openStore(engine, folder);
  const [port, baselinePort] = [await freePort(), await freePort()];
  const mooringUrl = `http://localhost:${port}`;
  const baselineUrl = `http://localhost:${baselinePort}`;
  const variables = {
    ...{ DATA_DIR: folder, ...store.variables, PUBLIC_URL: mooringUrl },
    PORT: String(port),
    HOST: '127.0.0.1',
    ADMIN_PASSWORD: PASSWORD,
    LOG_LEVEL: 'warn',
    NODE_ENV: 'production',
  };
  const mooring = startNode(await startArguments(), variables);
  await answers(`${mooringUrl}/health/ready`);

  const client = { id: 'mooring', secret: 'bench-client-secret', redirectUris: [`${mooringUrl}/c/oidc/callback`] };
  const people = PEOPLE.map((person) => (person.username === 'sam' ? { ...person, groups: GROUPS } : person));
  const provider = await startOpenIdProvider({ people, client, idTokenSeconds: 3600 });
  const api = apiOf(mooringUrl, `Basic ${Buffer.from(`admin:${PASSWORD}`).toString('base64')}`);
  await configure(api, provider.issuer, client);
  const input = { name: 'bench', role: 'VERIFIER' };
  const { createServiceToken } = await api<{ createServiceToken: { token: string } }>(CREATE, { input });
  await makeRules(api);
  const secret = await secretOf(mooringUrl, provider, 'lin');
  const member = { username: 'sam', secret: await secretOf(mooringUrl, provider, 'sam') };
  const baseline = startNode(['--import', 'tsx', 'bench/baseline.ts', store.address, String(baselinePort)]);
  await answers(baselineUrl);
  const close = async () => {
    await Promise.all([end(mooring), end(baseline), provider.close()]);
    await store.close();
    await rm(folder, { recursive: true, force: true });
  };
  const { token: serviceToken } = createServiceToken;
  return { mooring, mooringUrl, admin: api, baselineUrl, serviceToken, secret, member, close };
}
