import type { MetricValues } from '../health/index.js';
import { WorkerProcess } from './worker-process.js';

/** How long a worker may take to tell its metrics, in milliseconds. */
const ANSWER_MS = 1_000;

type Values = readonly MetricValues[];

/** What prom-client does with them; it is loaded at the first question, because this process has no metrics of its own. */
const summing = () => import('../health/index.js');

/**
 * The metrics of all workers together. What a worker has counted until it was last asked stays in the sums when it ends, so
 * that counters do not fall. Of a worker that does not answer in time its last counts are taken, and nothing else.
 */
export class GatheredMetrics {
  private readonly last = new Map<WorkerProcess, Values>();
  private readonly waiting = new Map<WorkerProcess, Set<(values: Values) => void>>();
  /** The counts of workers that have ended, joined from time to time. */
  private readonly ofEnded: Values[] = [];
  private joining: Promise<void> = Promise.resolve();

  /** @param workers those to ask now */
  constructor(private readonly workers: () => readonly WorkerProcess[]) {}

  /** Answers the questions of this worker, and takes its counts over when it ends. */
  watch(worker: WorkerProcess): void {
    worker.onMessage((message) => {
      if (message.kind === 'metrics') this.take(worker, message.metrics);
      if (message.kind === 'all-metrics') void this.answer(worker, message.question);
    });
    void worker.ended.then(() => this.keepCountsOf(worker));
  }

  private async answer(worker: WorkerProcess, question: number): Promise<void> {
    const { lastingValues, textOf } = await summing();
    const workers = this.workers();
    const answers = await Promise.all(workers.map((one) => this.ask(one)));
    // Nothing waits from here on: each worker counts once, as one that has answered or as one that has ended since.
    const ofLiving = answers.filter((_values, index) => this.isKnown(workers[index]));
    const text = textOf([...ofLiving, ...this.ofEnded.map(lastingValues)]);
    worker.tell({ kind: 'all-metrics', question, text: await text });
  }

  private isKnown(worker: WorkerProcess | undefined): boolean {
    return worker !== undefined && this.last.has(worker);
  }

  private async ask(worker: WorkerProcess): Promise<Values> {
    const { lastingValues } = await summing();
    return new Promise((resolve) => {
      const waiting = this.waiting.get(worker) ?? new Set();
      this.waiting.set(worker, waiting.add(resolve));
      worker.tell({ kind: 'metrics' });
      setTimeout(() => {
        // A worker that has ended meanwhile is among those that have.
        resolve(lastingValues(this.last.get(worker) ?? []));
        waiting.delete(resolve);
      }, ANSWER_MS).unref();
    });
  }

  private take(worker: WorkerProcess, values: Values): void {
    this.last.set(worker, values);
    const waiting = this.waiting.get(worker) ?? [];
    this.waiting.delete(worker);
    for (const resolve of waiting) resolve(values);
  }

  private keepCountsOf(worker: WorkerProcess): void {
    const values = this.last.get(worker);
    if (!values) return;
    this.last.delete(worker);
    this.ofEnded.push(values);
    this.joining = this.joining.then(() => this.joinEnded());
  }

  /** Makes one of the counts of ended workers; a scrape or another end may come meanwhile. */
  private async joinEnded(): Promise<void> {
    const { lastingValues, sumOf } = await summing();
    const joined = this.ofEnded.map(lastingValues);
    const sum = await sumOf(joined);
    this.ofEnded.splice(0, joined.length, sum);
  }
}
