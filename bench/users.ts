import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Api, apiOf } from '../demo/api.js';
import { fill } from './people.js';
import { freePort } from '../test/support/free-port.js';
import { answers, end, startArguments, startNode } from './server.js';

const SIZES = [1_000, 100_000] as const;
const REQUESTS = Number(process.env.BENCH_REQUESTS ?? 400);
const WARM_UP = 30;
/** Slow kinds of pages are requested less often. */
const LONGEST_MS = 4_000;
/** The maximum slowdown with the larger table, and the difference that still counts as noise, in milliseconds. */
const MOST_TIMES_SLOWER = 2;
const NOISE_MS = 10;

const HELP = `Measures pages of the query "users" over GraphQL with ${SIZES.join(' and ')} users in SQLite, one request at a time.
BENCH_REQUESTS is the number of requests for each kind of page (default 400).
Exits with 1 if the p99 of a page is more than ${MOST_TIMES_SLOWER} times as long, and ${NOISE_MS} ms longer, with the larger number.
`;

const PASSWORD = 'Bench-password-1';
const OIDC = { endpoint: 'https://id.example.org', clientId: 'mooring', clientSecret: 'bench-client-secret' };
const CONFIGURE =
  'mutation($input: UpdateConfigurationInput!) { updateConfiguration(input: $input) { configuration { revision } } }';
const CREATE = 'mutation { createServiceToken(input: { name: "bench", role: ADMIN }) { token } }';
const PAGE = `query($filter: UserFilter, $after: String) {
  users(filter: $filter, first: 20, after: $after) { edges { node { id username email isDisabled } } pageInfo { endCursor hasNextPage } } }`;
const COUNTED = PAGE.replace('pageInfo', 'totalCount pageInfo');
const RICH = PAGE.replace('isDisabled', 'isAdmin adminSources groups { name } oidcIdentity { tokenState }');
const cursor = (name: string) => Buffer.from(name).toString('base64url');

type Question = readonly [document: string, variables: object];

/** The requested pages, by their names in the printed table. */
const KINDS: Readonly<Record<string, Question>> = {
  'first page': [PAGE, {}],
  'page in the middle': [PAGE, { after: cursor('lo') }],
  'first page, totalCount': [COUNTED, {}],
  'first page, rights and groups': [RICH, {}],
  'search: name': [PAGE, { filter: { search: 'tabo' } }],
  'search: name, totalCount': [COUNTED, { filter: { search: 'tabo' } }],
  'search: address': [PAGE, { filter: { search: 'bade.kilo@ex' } }],
  'search: one letter': [PAGE, { filter: { search: 't' } }],
  'search: nothing found': [COUNTED, { filter: { search: 'q' } }],
  'isDisabled: true': [COUNTED, { filter: { isDisabled: true } }],
  'isAdmin: true': [COUNTED, { filter: { isAdmin: true } }],
  'isAdmin: false': [PAGE, { filter: { isAdmin: false } }],
  'kind: LOCAL': [COUNTED, { filter: { kind: 'LOCAL' } }],
  'kind: OIDC': [PAGE, { filter: { kind: 'OIDC' } }],
  'groupId, 1 of 50 users': [PAGE, { filter: { groupId: 'group-7' } }],
  'tokenState: FRESH': [PAGE, { filter: { tokenState: 'FRESH' } }],
  'tokenState: nobody': [PAGE, { filter: { tokenState: 'REAUTHENTICATION_REQUIRED' } }],
};

/** Pages without a target: they read all matching users to sort them, or all users to find that none matches. */
const MAY_GROW = new Set(['search: one letter', 'groupId, 1 of 50 users', 'tokenState: nobody']);

const say = (text: string) => void process.stdout.write(`${text}\n`);

/** Mooring with a number of users, called with a service token. */
interface Directory {
  readonly api: Api;
  close(): Promise<void>;
}

async function directoryOf(size: number): Promise<Directory> {
  const folder = await mkdtemp(join(tmpdir(), 'mooring-bench-'));
  const file = join(folder, 'mooring.db');
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const server = startNode(await startArguments(), {
    ...{ DATA_DIR: folder, DATABASE_URL: `sqlite:${file}`, PUBLIC_URL: url, PORT: String(port), HOST: '127.0.0.1' },
    ...{ ADMIN_PASSWORD: PASSWORD, LOG_LEVEL: 'warn', NODE_ENV: 'production' },
  });
  const close = async () => {
    await end(server);
    await rm(folder, { recursive: true, force: true });
  };
  await answers(`${url}/health/ready`);
  const byPassword = apiOf(url, `Basic ${Buffer.from(`admin:${PASSWORD}`).toString('base64')}`);
  await byPassword(CONFIGURE, { input: { revision: 1, patch: { authMode: 'OIDC', oidc: OIDC } } });
  const { createServiceToken } = await byPassword<{ createServiceToken: { token: string } }>(CREATE);
  fill(file, size, { issuer: OIDC.endpoint, clientId: OIDC.clientId });
  return { api: apiOf(url, `Bearer ${createServiceToken.token}`), close };
}

const percentile99 = (times: readonly number[]) =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? NaN;

/** The p99 of one kind of page in each directory, measured in turns, so that other load on the machine affects both. */
async function measured(directories: readonly Directory[], [document, variables]: Question): Promise<number[]> {
  const times = directories.map((): number[] => []);
  const deadline = performance.now() + LONGEST_MS;
  for (let request = 0; request < REQUESTS + WARM_UP && performance.now() < deadline; request++) {
    for (const [index, { api }] of directories.entries()) {
      const begin = performance.now();
      await api(document, variables);
      times[index]?.push(performance.now() - begin);
    }
  }
  return times.map((one) => percentile99(one.length > 2 * WARM_UP ? one.slice(WARM_UP) : one));
}

async function compare(directories: readonly Directory[]): Promise<boolean> {
  const sizes = SIZES.map((size) => `${size.toLocaleString('en')} users`.padStart(15));
  say(`${'p99 in ms'.padEnd(31)}${sizes.join('')}`);
  let isFlat = true;
  for (const [kind, question] of Object.entries(KINDS)) {
    const [few = NaN, many = NaN] = await measured(directories, question);
    const grows = many > few * MOST_TIMES_SLOWER && many > few + NOISE_MS;
    const figures = [few, many].map((time) => time.toFixed(1).padStart(15));
    say(`${kind.padEnd(31)}${figures.join('')}${grows ? '  grows' : ''}`);
    if (grows && !MAY_GROW.has(kind)) isFlat = false;
  }
  return isFlat;
}

if (process.argv.includes('--help')) {
  process.stdout.write(HELP);
} else {
  const directories = [await directoryOf(SIZES[0]), await directoryOf(SIZES[1])];
  const isFlat = await compare(directories).finally(() =>
    Promise.all(directories.map((directory) => directory.close())),
  );
  say(isFlat ? 'Every page is as fast with many users as with few.' : 'A page gets slower with more users.');
  process.exitCode = isFlat ? 0 : 1;
}
