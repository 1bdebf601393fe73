import { setTimeout as pause } from 'node:timers/promises';
import { wordsAreStored } from '../behind-start.js';
import { alternate, load } from '../load.js';
import { largestMemoryOf } from '../process-time.js';
import { Amount } from '../report/row.js';
import type { Scene } from '../scene.js';
import { LARGE, SMALL } from '../sizes.js';
import { Bench, Scenario } from './scenario.js';
import { tokens, verifying } from './targets.js';

const [LOAD_SECONDS, SAMPLE_MS] = [300, 1_000];
const [MOST_MEGABYTES, MOST_GROWTH, MOST_START_SECONDS] = [220, 1.1, 2];

/** Resident memory in megabytes, once a second until it is told to stop. */
async function watch(pid: number | undefined, isOver: () => boolean): Promise<number[]> {
  const megabytes: number[] = [];
  while (!isOver()) {
    megabytes.push((await largestMemoryOf(pid)) ?? NaN);
    await pause(SAMPLE_MS);
  }
  return megabytes;
}

const meanOf = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;

async function memoryUnderLoad(bench: Bench, scene: Scene): Promise<Amount[]> {
  // The thread that stores them ends with that work, and gives its memory back.
  bench.tell('waiting until the words of all users are stored');
  await wordsAreStored(scene);
  bench.tell(`${LOAD_SECONDS} seconds of load`);
  let isOver = false;
  const loads = [verifying(scene), tokens(scene)].map((target) =>
    load(target, { seconds: LOAD_SECONDS, connections: 25 }),
  );
  const done = Promise.all(loads).finally(() => (isOver = true));
  const [series] = await Promise.all([watch(scene.mooring.pid, () => isOver), done]);
  const third = Math.floor(series.length / 3);
  const growth = meanOf(series.slice(-third)) / meanOf(series.slice(third, 2 * third));
  const name = 'memory';
  const amount = Math.max(...series.slice(-third));
  const size: Amount = {
    kind: 'amount',
    name,
    against: 'resident, last third',
    amount,
    unit: 'MB',
    goal: MOST_MEGABYTES,
    series,
  };
  const against = 'last third against the second';
  return [size, { kind: 'amount', name: `${name}: growth`, against, amount: growth, unit: '', goal: MOST_GROWTH }];
}

/** The memory of a large installation under load. */
export const MEMORY: Scenario = {
  name: 'memory',
  about: 'resident memory of a process under five minutes of both hot paths, SQLite with a million users',
  goal: `at most ${MOST_MEGABYTES} MB, and flat`,
  isLong: true,
  measure: async (bench) => memoryUnderLoad(bench, await bench.scene('SQLite', LARGE)),
};

/** The start of a large installation. */
export const START: Scenario = {
  name: 'start',
  about: 'from the start of the process to ready, SQLite with a million users that were inserted before it',
  goal: `at most ${MOST_START_SECONDS} s`,
  isLong: true,
  measure: async (bench) => {
    const { startMs } = await bench.scene('SQLite', LARGE);
    const amount = startMs / 1000;
    return [{ kind: 'amount', name: 'start', against: 'to ready', amount, unit: 's', goal: MOST_START_SECONDS }];
  },
};

/** Several processes on one port. */
export const WORKERS: Scenario = {
  name: 'workers',
  about: 'verifyCliSecret on SQLite with WORKERS=2',
  goal: 'none: against WORKERS=1, on a machine that the load generator shares',
  measure: async (bench) => {
    const two = await bench.scene('SQLite', SMALL, { WORKERS: '2' });
    const one = await bench.second('SQLite', SMALL, { WORKERS: '1' });
    const sides = alternate(verifying(two), verifying(one), bench.rounds).finally(() => one.close());
    const row = { name: 'workers', against: 'WORKERS=1', goal: null, hasCpuGoal: false };
    return [{ kind: 'rates', ...row, ...(await sides) }];
  },
};
