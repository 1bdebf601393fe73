import { Logger } from '@nestjs/common';
import { setTimeout as pause } from 'node:timers/promises';
import { pauseAfter } from './backoff.js';
import { WorkerEnd, WorkerProcess } from './worker-process.js';

/** A worker that never listened, or ends sooner after its start than this, counts as a failed start; in milliseconds. */
const SHORTEST_LIFE_MS = 5_000;
/** So many failed starts in a row, while no worker listens, end the server. */
const MOST_FAILED_STARTS = 5;
/** For how long workers may answer what is under way after SIGTERM; their own limit is a little less. */
const STOP_MS = 9_500;

/** Starts the worker with this number. */
export type StartWorker = (number: number) => WorkerProcess;

/** Lets milliseconds pass, unless the signal comes first. */
type PauseFor = (milliseconds: number, signal: AbortSignal) => Promise<void>;

/** The place of a worker, which it has until a successor takes it. */
interface Place {
  worker: WorkerProcess;
  beganAt: number;
}

/**
 * The workers of one server: starts them, replaces one that dies, restarts them one by one, and ends them all. The first one
 * starts alone, so that it migrates the database and makes an installation before the others look for one.
 */
export class WorkerPool {
  private readonly places: Place[] = [];
  /** All that have not ended, also those that a successor has replaced. */
  private readonly alive = new Set<WorkerProcess>();
  private readonly stopping = new AbortController();
  private readonly logger = new Logger('Workers');
  private failedStarts = 0;
  private restarting?: Promise<void>;
  private isRestartWanted = false;
  private giveUp: () => void = () => undefined;
  /** Resolves when no worker listens and none can be started any more. */
  readonly failed = new Promise<void>((resolve) => (this.giveUp = resolve));

  /**
   * @param count how many workers there are
   * @param pauseFor lets so many milliseconds pass; it rejects when the server stops
   */
  constructor(
    private readonly start: StartWorker,
    private readonly count: number,
    private readonly pauseFor: PauseFor = (milliseconds, signal) => pause(milliseconds, undefined, { signal }),
  ) {}

  /** Whether {@link stop} was called. */
  get isStopping(): boolean {
    return this.stopping.signal.aborted;
  }

  /** The workers that listen. */
  get listening(): readonly WorkerProcess[] {
    return [...this.alive].filter(({ isListening }) => isListening);
  }

  /**
   * Starts the workers.
   *
   * @returns false if the first one has ended instead of listening; it has said why
   */
  async open(): Promise<boolean> {
    const first = this.launch(1);
    if (!(await first.listening)) return false;
    const others = Array.from({ length: this.count - 1 }, (_, index) => this.launch(index + 2));
    for (const worker of [first, ...others]) void this.keep(this.placeOf(worker));
    await Promise.all(others.map(({ listening }) => listening));
    return true;
  }

  /** Restarts the workers, each when its successor listens; one that is wanted meanwhile follows. */
  async restart(): Promise<void> {
    if (this.places.length === 0) return;
    this.isRestartWanted = true;
    this.restarting ??= this.restartWhileWanted().finally(() => (this.restarting = undefined));
    return this.restarting;
  }

  /**
   * Ends all workers, and kills those that have not ended in time.
   *
   * @returns whether all of them ended by themselves, without a failure
   */
  async stop(): Promise<boolean> {
    this.stopping.abort();
    const limit = setTimeout(() => this.kill(), STOP_MS);
    const ends = await Promise.all([...this.alive].map(endOf));
    clearTimeout(limit);
    return ends.every(Boolean);
  }

  /** Ends all workers at once. */
  kill(): void {
    for (const worker of this.alive) worker.kill();
  }

  private placeOf(worker: WorkerProcess): Place {
    const place = { worker, beganAt: performance.now() };
    this.places.push(place);
    return place;
  }

  private launch(number: number): WorkerProcess {
    const worker = this.start(number);
    this.alive.add(worker);
    void worker.ended.then(() => this.alive.delete(worker));
    return worker;
  }

  /** Keeps a place filled until the server stops. */
  private async keep(place: Place): Promise<void> {
    while (!this.isStopping) {
      const { worker } = place;
      const end = await worker.ended;
      if (place.worker === worker) await this.replace(place, end);
    }
  }

  private async replace(place: Place, end: WorkerEnd): Promise<void> {
    if (this.isStopping) return;
    const isFailedStart = !(await place.worker.listening) || performance.now() - place.beganAt < SHORTEST_LIFE_MS;
    this.failedStarts = isFailedStart ? this.failedStarts + 1 : 0;
    if (this.failedStarts >= MOST_FAILED_STARTS && this.listening.length === 0) {
      this.stopping.abort();
      return this.giveUp();
    }
    const milliseconds = pauseAfter(this.failedStarts);
    const { number } = place.worker;
    this.logger.warn({ worker: number, end, milliseconds }, `Worker ${number} ended (${end}); another one is started.`);
    await this.pauseFor(milliseconds, this.stopping.signal).catch(() => undefined);
    if (this.isStopping || !place.worker.hasEnded) return;
    place.beganAt = performance.now();
    place.worker = this.launch(number);
  }

  private async restartWhileWanted(): Promise<void> {
    while (this.isRestartWanted && !this.isStopping) {
      this.isRestartWanted = false;
      const isDone = await this.restartAll();
      if (isDone) this.logger.log(`All ${this.count} workers were restarted.`);
    }
  }

  private async restartAll(): Promise<boolean> {
    for (const place of this.places) {
      // The server may have begun to stop during the last one.
      if (this.isStopping || !(await this.succeed(place))) return false;
    }
    return true;
  }

  /** Lets a new worker take a place, and the old one end. The old one keeps it if the new one can't start. */
  private async succeed(place: Place): Promise<boolean> {
    const beganAt = performance.now();
    const successor = this.launch(place.worker.number);
    if (!(await successor.listening)) {
      const { number } = successor;
      if (!this.isStopping) this.logger.error(`The new worker ${number} did not start; the others go on as they are.`);
      return false;
    }
    const old = place.worker;
    Object.assign(place, { worker: successor, beganAt });
    await old.retire();
    return true;
  }
}

/** Whether it ended by itself. One that does not listen yet has nothing to answer, and may die by the signal. */
async function endOf(worker: WorkerProcess): Promise<boolean> {
  const { isListening } = worker;
  worker.stop();
  return (await worker.ended) === 0 || !isListening;
}
