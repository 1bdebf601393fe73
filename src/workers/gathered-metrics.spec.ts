import { beforeEach, describe, expect, it } from '@jest/globals';
import { EventEmitter } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import type { MetricValues } from '../health/index.js';
import { GatheredMetrics } from './gathered-metrics.js';
import type { FromWorker, ToWorker } from './messages.js';
import type { WorkerProcess } from './worker-process.js';

const TURNS = 20;
const counted = (value: number): MetricValues[] => [
  { name: 'requests', help: 'Requests.', type: 'counter', aggregator: 'sum', values: [{ value, labels: {} }] },
];

/** A worker that answers when it is told to. */
class Played extends EventEmitter {
  readonly told: ToWorker[] = [];
  end: () => void = () => undefined;
  readonly ended = new Promise<void>((resolve) => (this.end = resolve));

  onMessage(listener: (message: FromWorker) => void): void {
    this.on('message', listener);
  }

  tell(message: ToWorker): void {
    this.told.push(message);
  }

  says(message: FromWorker): void {
    this.emit('message', message);
  }
}

describe(GatheredMetrics, () => {
  let workers: Played[];
  let gathered: GatheredMetrics;
  let asked: number;
  beforeEach(() => {
    [workers, asked] = [[new Played(), new Played(), new Played()], 0];
    gathered = new GatheredMetrics(() => workers as unknown as WorkerProcess[]);
    for (const worker of workers) gathered.watch(worker as unknown as WorkerProcess);
  });

  const settle = async () => {
    for (let turns = 0; turns < TURNS; turns++) await turn();
  };
  const tells = (worker: Played | undefined, value: number) =>
    worker?.says({ kind: 'metrics', metrics: counted(value) });
  const end = (...those: readonly (Played | undefined)[]) => {
    workers = workers.filter((one) => !those.includes(one));
    for (const one of those) one?.end();
  };
  /** Begins a scrape at the last worker. */
  const begin = async () => {
    workers.at(-1)?.says({ kind: 'all-metrics', question: ++asked });
    await settle();
  };
  const answer = async () => {
    await settle();
    const text = workers
      .at(-1)
      ?.told.flatMap((one) => (one.kind === 'all-metrics' ? [one.text] : []))
      .at(-1);
    return Number(/^requests (\d+)$/m.exec(text ?? '')?.[1]);
  };
  const scrape = async (...values: readonly number[]) => {
    await begin();
    for (const [index, value] of values.entries()) tells(workers[index], value);
    return answer();
  };

  it('keep what workers have counted that end at the same moment', async () => {
    expect(await scrape(1, 20, 300)).toBe(321);
    end(workers[0], workers[1]);
    expect(await scrape(300)).toBe(321);
    await settle();
    expect(await scrape(301)).toBe(322);
  });

  it('count a worker once that ends after its answer, before that of another', async () => {
    expect(await scrape(1, 20, 300)).toBe(321);
    await begin();
    const [first] = workers;
    tells(first, 2);
    end(first);
    await settle();
    tells(workers[0], 20);
    tells(workers[1], 300);
    expect(await answer()).toBe(322);
    expect(await scrape(20, 300)).toBe(322);
  });
});
