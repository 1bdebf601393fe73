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
  private ofEnded: Values = [];

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
    const { textOf } = await summing();
    const all = await Promise.all(this.workers().map((one) => this.ask(one)));
    worker.tell({ kind: 'all-metrics', question, text: await textOf([...all, this.ofEnded]) });
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

  private async keepCountsOf(worker: WorkerProcess): Promise<void> {
    const values = this.last.get(worker);
    if (!values) return;
    const { lastingValues, sumOf } = await summing();
    this.last.delete(worker);
    this.ofEnded = await sumOf([this.ofEnded, lastingValues(values)]);
  }
}
