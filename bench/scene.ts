import { ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Api, apiOf } from '../demo/api.js';
import { RunningOpenIdProvider, startOpenIdProvider } from '../demo/openid-provider.js';
import { PEOPLE } from '../demo/people.js';
import { readEnvironment } from '../src/config/env.js';
import { Installation, SealedInstallation } from '../src/settings/installation.js';
import { Browser } from '../test/support/browser.js';
import { freePort } from '../test/support/free-port.js';
import { Credentials, populate } from './population.js';
import { answers, end, ready, startArguments, startNode } from './server.js';
import { Size, SMALL } from './sizes.js';
import { Engine, openStore, Store } from './stores.js';

const PASSWORD = 'Bench-password-1';
const CLIENT_SECRET = 'bench-client-secret';
/** Longer than any run. */
const ID_TOKEN_SECONDS = 7_200;
/** A database server for a million users, as an operator would size it. */
const FOR_LARGE = ['--innodb-buffer-pool-size=2G', '--innodb-log-file-size=512M'];
const CONFIGURE =
  'mutation($input: UpdateConfigurationInput!) { updateConfiguration(input: $input) { configuration { revision } } }';
const ONBOARD = 'mutation($input: OnboardInput!) { onboard(input: $input) { user { id } } }';
const CREATE_RULE =
  'mutation($input: CreateAccessRuleInput!) { createAccessRule(input: $input) { accessRule { id } } }';
const GROUPS = Array.from({ length: 20 }, (_, index) => `group-${index}`);
const CREATE = 'mutation($input: CreateServiceTokenInput!) { createServiceToken(input: $input) { token } }';

/** What the server may take until it is ready with the largest size, ample for an index that is made again. */
const READY_SECONDS = 900;

/** Mooring in OIDC mode, and the baseline on the same database. */
export interface Scene {
  readonly engine: Engine;
  readonly mooring: ChildProcess;
  readonly mooringUrl: string;
  /** The API as the administrator calls it. */
  readonly admin: Api;
  readonly baseline: ChildProcess;
  readonly baselineUrl: string;
  readonly serviceToken: string;
  readonly secret: string;
  /** Some of the users that were inserted; the members are in 20 groups, which have 100 access rules. */
  readonly known: readonly Credentials[];
  readonly members: readonly Credentials[];
  readonly store: Store;
  /** The key of the digests, in base64. */
  readonly digestKey: string;
  /** How long the last start took, from the process to the first positive answer of `/health/ready`, in milliseconds. */
  readonly startMs: number;
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

interface Started {
  readonly mooring: ChildProcess;
  readonly startMs: number;
}

async function startMooring(variables: Record<string, string>, url: string): Promise<Started> {
  const began = performance.now();
  const mooring = startNode(await startArguments(), variables);
  await ready(`${url}/health/ready`, mooring, READY_SECONDS);
  return { mooring, startMs: performance.now() - began };
}

/** The keys of an installation that is not running. */
export async function installationOf(store: Store, folder: string) {
  const [row] = await store.rows('SELECT key_check AS keyCheck, sealed_digest_key AS sealedDigestKey FROM settings');
  const sealed = row as unknown as SealedInstallation;
  const environment = readEnvironment({ DATA_DIR: folder, ...store.variables });
  const installation = await Installation.ofSealed(sealed, environment);
  const place = { table: 'settings', column: 'sealed_digest_key', row: '1' };
  return { installation, digestKey: installation.cipher.open(sealed.sealedDigestKey, place) };
}

/** What a scene has before it is populated: an administration, and two users who have logged in by a browser. */
async function firstPeople(mooringUrl: string, provider: RunningOpenIdProvider, clientSecret: string) {
  const admin = apiOf(mooringUrl, `Basic ${Buffer.from(`admin:${PASSWORD}`).toString('base64')}`);
  await configure(admin, provider.issuer, { id: 'mooring', secret: clientSecret });
  const input = { name: 'bench', role: 'VERIFIER' };
  const { createServiceToken } = await admin<{ createServiceToken: { token: string } }>(CREATE, { input });
  await makeRules(admin);
  const secret = await secretOf(mooringUrl, provider, 'lin');
  // Sam has a secret that can be ended.
  await secretOf(mooringUrl, provider, 'sam');
  return { admin, serviceToken: createServiceToken.token, secret };
}

/**
 * Sets everything up in a temporary folder: through the public API and a real login, and then as many users, groups and rules as
 * the size says, directly in the database.
 *
 * @param changes further variables of the server's environment
 */
export async function setScene(
  engine: Engine,
  size: Size = SMALL,
  changes: Record<string, string> = {},
): Promise<Scene> {
  const folder = await mkdtemp(join(tmpdir(), 'mooring-bench-'));
  const store = await openStore(engine, folder, size.users > SMALL.users ? FOR_LARGE : []);
  const closing = [() => store.close(), () => rm(folder, { recursive: true, force: true })];
  const close = async () => {
    for (const step of closing.splice(0)) await step();
  };
  try {
    const [port, baselinePort] = [await freePort(), await freePort()];
    const [mooringUrl, baselineUrl] = [`http://localhost:${port}`, `http://localhost:${baselinePort}`];
    const variables = {
      ...{ DATA_DIR: folder, ...store.variables, PUBLIC_URL: mooringUrl, PORT: String(port), HOST: '127.0.0.1' },
      ...{ ADMIN_PASSWORD: PASSWORD, LOG_LEVEL: 'warn', NODE_ENV: 'production' },
    };
    const first = await startMooring(variables, mooringUrl);
    closing.unshift(() => end(first.mooring));
    const client = { id: 'mooring', secret: CLIENT_SECRET, redirectUris: [`${mooringUrl}/c/oidc/callback`] };
    const demoPeople = PEOPLE.map((person) => (person.username === 'sam' ? { ...person, groups: GROUPS } : person));
    const provider = await startOpenIdProvider({ people: demoPeople, client, idTokenSeconds: ID_TOKEN_SECONDS });
    closing.unshift(() => provider.close());
    const parts = await firstPeople(mooringUrl, provider, client.secret);
    await end(first.mooring);
    const { installation, digestKey } = await installationOf(store, folder);
    const identity = { issuer: provider.issuer, clientId: client.id };
    const people = await populate(store, installation, size, { identity, many: GROUPS });
    const { mooring, startMs } = await startMooring({ ...variables, ...changes }, mooringUrl);
    closing.unshift(() => end(mooring));
    const baseline = startNode(['--import', 'tsx', 'bench/baseline.ts', store.address, String(baselinePort)]);
    closing.unshift(() => end(baseline));
    await answers(baselineUrl, baseline);
    return {
      engine,
      mooring,
      mooringUrl,
      baseline,
      baselineUrl,
      ...parts,
      ...people,
      store,
      digestKey,
      startMs,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
