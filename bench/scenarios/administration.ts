import { Api, apiOf } from '../../demo/api.js';
import { wordsAreStored } from '../behind-start.js';
import { load } from '../load.js';
import { pacedLatencies } from '../paced.js';
import { Amount } from '../report/row.js';
import type { Scene } from '../scene.js';
import { LARGE } from '../sizes.js';
import { Bench, Scenario } from './scenario.js';
import { verifying } from './targets.js';

const SIZE = { users: 100_000, groups: 1_000, rules: 1_000 };
const [MOST_LIST_MS, MOST_BESIDE_MS] = [100, 20];
/** Verifications per second: far from what the server can do, so that only a standstill raises the latency. */
const RATE = 500;
const PAUSE_MS = 20;

const PAGE = `query($filter: UserFilter, $after: String) {
  users(filter: $filter, first: 20, after: $after) { edges { node { id username email isDisabled } } pageInfo { endCursor hasNextPage } } }`;
const COUNTED = PAGE.replace('pageInfo', 'totalCount pageInfo');
const RICH = PAGE.replace('isDisabled', 'isAdmin adminSources groups { name } oidcIdentity { tokenState }');
const GROUPS = 'query($search: String) { groups(first: 20, search: $search) { totalCount edges { node { name } } } }';

const CREATE = 'mutation { createServiceToken(input: { name: "lists", role: ADMIN }) { token } }';

/** What an administrator asks, by its name in the table. */
const QUESTIONS: Readonly<Record<string, readonly [document: string, variables: object]>> = {
  'first page': [COUNTED, {}],
  'rights and groups': [RICH, {}],
  'token state, few': [COUNTED, { filter: { tokenState: 'REAUTHENTICATION_REQUIRED' } }],
  'token state, most': [PAGE, { filter: { tokenState: 'FRESH' } }],
  'search, name': [COUNTED, { filter: { search: 'tabo' } }],
  'search, two letters': [PAGE, { filter: { search: 'ta' } }],
  'search, e-mail': [PAGE, { filter: { search: 'bade' } }],
  'search, nothing found': [COUNTED, { filter: { search: 'qqq' } }],
  groups: [GROUPS, {}],
  'groups, search': [GROUPS, { search: 'crew-7' }],
};

const percentile99 = (times: readonly number[]) =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? NaN;

/** The times of a question that is asked again and again until the time is over, and at least once. */
async function timesOf(admin: Api, [document, variables]: readonly [string, object], seconds: number) {
  const times: number[] = [];
  const until = performance.now() + seconds * 1000;
  do {
    const began = performance.now();
    await admin(document, variables);
    times.push(performance.now() - began);
    await new Promise((done) => setTimeout(done, PAUSE_MS));
  } while (performance.now() < until);
  return times;
}

/** The API with an administrator's service token: a password would be hashed with each question. */
async function administratorOf({ admin, mooringUrl }: Scene): Promise<Api> {
  const { createServiceToken } = await admin<{ createServiceToken: { token: string } }>(CREATE);
  return apiOf(mooringUrl, `Bearer ${createServiceToken.token}`);
}

/** Verifications while no administrator asks anything. */
async function meanwhile(bench: Bench, scene: Scene, what: string, goal: number | null): Promise<Amount> {
  const amount = percentile99(await pacedLatencies(verifying(scene), bench.rounds.seconds, RATE));
  bench.tell(`${what}: p99 of verifications ${amount.toFixed(0)} ms`);
  return {
    kind: 'amount',
    name: `admin: ${what}`,
    against: 'p99 of verifications meanwhile',
    amount,
    unit: 'ms',
    goal,
  };
}

async function rowsOf(bench: Bench, scene: Scene): Promise<Amount[]> {
  const { seconds } = bench.rounds;
  const rows = [await meanwhile(bench, scene, 'words are stored', MOST_BESIDE_MS)];
  bench.tell('waiting until all words are stored');
  await wordsAreStored(scene);
  rows.push(await meanwhile(bench, scene, 'nothing is asked', null));
  const admin = await administratorOf(scene);
  await load(verifying(scene), { seconds: 2 });
  for (const [name, question] of Object.entries(QUESTIONS)) {
    await admin(...question);
    const [beside, times] = await Promise.all([
      pacedLatencies(verifying(scene), seconds, RATE),
      timesOf(admin, question, seconds),
    ]);
    const row = { kind: 'amount' as const, unit: 'ms' as const };
    const [list, other] = [percentile99(times), percentile99(beside)];
    bench.tell(`${name}: p99 ${list.toFixed(0)} ms, of verifications beside it ${other.toFixed(0)} ms`);
    rows.push({ ...row, name: `admin: ${name}`, against: 'p99', amount: list, goal: MOST_LIST_MS });
    const against = 'p99 of verifications beside it';
    rows.push({ ...row, name: `admin: ${name}, beside`, against, amount: other, goal: MOST_BESIDE_MS });
  }
  return rows;
}

/** What administrators ask, and whom it holds up. */
export const ADMINISTRATION: Scenario = {
  name: 'admin',
  about: `lists and searches of administrators on SQLite, ${SIZE.users.toLocaleString('en')} users (a million with --full), and verifications beside them`,
  goal: `p99 of a list ${MOST_LIST_MS} ms, of verifications beside it ${MOST_BESIDE_MS} ms`,
  measure: async (bench) => rowsOf(bench, await bench.scene('SQLite', bench.isFull ? LARGE : SIZE)),
};
