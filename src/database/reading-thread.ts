import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { versions } from 'node:process';
import { ServiceUnavailable } from '../common/errors/common.errors.js';
import { driverPackageFor } from './sqlite-driver.js';
import { rowOf } from './sqlite-rows.js';

const MAIN = new URL('./reading-thread-main.js', import.meta.url);
const LOCK_WAIT_MS = 5_000;
const MOST_STATEMENTS = 200;
const MOST_CACHED_MEGABYTES = 32;
const MOST_WAITING = 2_000;
const LONGEST_READ_MS = 10_000;
/** Each takes a processor for as long as its statement runs. */
const MOST_ABANDONED = 2;
/** How long the end waits for a statement that runs. */
const LONGEST_END_MS = 1_000;
/** A thread and its pages take memory. */
const IDLE_MS = 60_000;
const MOST_ROWS = 100_000;
const MOST_BYTES = 128 * 1024 * 1024;
/** More than an answer of the largest size takes as objects. */
const MOST_MEGABYTES = 512;
/** For the objects of one answer; by the flags of `npm start` it would be as large as that of the process. */
const MOST_YOUNG_MEGABYTES = 4;

/** The bounds of a reading thread. */
export interface ReadingBounds {
  /** How many reads may wait for their turn. */
  readonly mostWaiting: number;
  /** Within which time a read is answered or refused, its wait included. */
  readonly milliseconds: number;
  readonly mostRows: number;
  readonly mostBytes: number;
  /** After how long without a read the thread ends. */
  readonly idleMilliseconds: number;
}

const BOUNDS: ReadingBounds = {
  mostWaiting: MOST_WAITING,
  milliseconds: LONGEST_READ_MS,
  mostRows: MOST_ROWS,
  mostBytes: MOST_BYTES,
  idleMilliseconds: IDLE_MS,
};

interface Question {
  readonly sql: string;
  readonly parameters: readonly unknown[];
  readonly settle: (outcome: Answer | Error) => void;
  isSettled: boolean;
}

interface Answer {
  readonly names?: readonly string[];
  readonly rows?: readonly (readonly unknown[])[];
  readonly tooLarge?: boolean;
  readonly failure?: { readonly message: string; readonly code?: string };
}

/** A row by the names of its columns. */
export type Row = Record<string, unknown>;

/**
 * Reads a SQLite file in a thread, one statement after the other, on a connection that can only read. The driver is synchronous:
 * in the thread of the requests a long read would hold up everybody. Each read sees what was committed before it began. The thread
 * starts at the first read, and again after it has died; it ends when there was no read for a minute. One whose statement takes too long is
 * abandoned: nothing can interrupt the native code, so another thread answers the next read, unless two are abandoned already. None keeps
 * the process from ending.
 */
export class ReadingThread {
  private readonly waiting: Question[] = [];
  private readonly bounds: ReadingBounds;
  /** Threads that are told to end, and their ends. */
  private readonly abandoned = new Map<Worker, Promise<void>>();
  private worker?: Worker;
  private running?: Question;
  private idle?: NodeJS.Timeout;
  private isClosed = false;

  /** @param file the database; it exists */
  constructor(
    private readonly file: string,
    bounds: Partial<ReadingBounds> = {},
  ) {
    this.bounds = { ...BOUNDS, ...bounds };
  }

  /** Whether a thread runs, also one that was told to end. */
  get isRunning(): boolean {
    return this.worker !== undefined || this.abandoned.size > 0;
  }

  /**
   * The rows of a statement.
   *
   * @throws {ServiceUnavailable} if too many reads wait, if it is not answered in time, if its answer is too large, or if the thread
   * ends; else the driver's error with its code
   */
  read(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return new Promise((resolve, reject) => {
      const settle = (outcome: Answer | Error) => {
        if (question.isSettled) return;
        question.isSettled = true;
        clearTimeout(timer);
        if (outcome instanceof Error) reject(outcome);
        else resolve(rowsOf(outcome));
      };
      const question: Question = { sql, parameters, settle, isSettled: false };
      const timer = setTimeout(() => this.giveUp(question), this.bounds.milliseconds).unref();
      if (this.isClosed) settle(unavailable('READING_CLOSED'));
      else if (this.waiting.length >= this.bounds.mostWaiting) settle(unavailable('READING_OVERLOADED'));
      else this.waiting.push(question);
      this.next();
    });
  }

  /** Ends the thread; reads that have no answer yet are refused. Waits a second at most for a statement that runs. */
  async close(): Promise<void> {
    this.isClosed = true;
    for (const question of this.waiting.splice(0)) question.settle(unavailable('READING_CLOSED'));
    clearTimeout(this.idle);
    this.running?.settle(unavailable('READING_CLOSED'));
    this.end();
    const stop = new AbortController();
    // Its timer also keeps the process alive until then: the threads do not.
    const longest = sleep(LONGEST_END_MS, undefined, { signal: stop.signal }).catch(() => undefined);
    await Promise.race([Promise.all(this.abandoned.values()), longest]);
    stop.abort();
  }

  private next(): void {
    if (this.running || (!this.worker && this.abandoned.size >= MOST_ABANDONED)) return;
    this.running = this.waiting.shift();
    if (!this.running) return;
    clearTimeout(this.idle);
    this.worker ??= this.started();
    this.worker.ref();
    const { sql, parameters } = this.running;
    this.worker.postMessage({ sql, parameters });
  }

  /** A statement that runs can only be ended together with its thread. */
  private giveUp(question: Question): void {
    question.settle(unavailable('READING_TIMEOUT'));
    if (this.running !== question) return void this.waiting.splice(this.waiting.indexOf(question), 1);
    this.end();
    this.next();
  }

  private end(): void {
    const { worker, running } = this;
    if (!worker) return;
    this.worker = undefined;
    this.running = undefined;
    this.abandoned.set(worker, this.ended(worker, running !== undefined));
    worker.unref();
  }

  private async ended(worker: Worker, isReading: boolean): Promise<void> {
    const kill = () => killProcess();
    if (isReading) process.once('exit', kill);
    const gone = once(worker, 'exit');
    void worker.terminate();
    await gone;
    process.off('exit', kill);
    this.abandoned.delete(worker);
    this.next();
  }

  private started(): Worker {
    const { mostRows, mostBytes } = this.bounds;
    const worker = new Worker(MAIN, {
      workerData: {
        driver: driverPackageFor(versions.node),
        file: this.file,
        lockWaitMilliseconds: LOCK_WAIT_MS,
        cacheKilobytes: MOST_CACHED_MEGABYTES * 1024,
        mostStatements: MOST_STATEMENTS,
        ...{ mostRows, mostBytes },
      },
      // Neither the environment, which holds keys, nor a loader of the process is for the thread.
      env: {},
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES, maxYoungGenerationSizeMb: MOST_YOUNG_MEGABYTES },
    });
    let fault: unknown;
    worker.on('message', (answer: Answer) => this.worker === worker && this.take(answer));
    worker.on('error', (error) => (fault = error));
    worker.on('exit', () => this.lose(worker, fault));
    return worker;
  }

  private take(answer: Answer): void {
    this.running?.settle(outcomeOf(answer));
    this.running = undefined;
    this.worker?.unref();
    this.next();
    if (!this.running) this.idle = setTimeout(() => this.end(), this.bounds.idleMilliseconds).unref();
  }

  private lose(worker: Worker, fault: unknown): void {
    // One that has ended because nothing was read, or that was abandoned, may have a successor.
    if (this.worker !== worker) return;
    this.worker = undefined;
    this.running?.settle(unavailable((fault as { code?: string } | undefined)?.code ?? 'READING_ENDED', fault));
    this.running = undefined;
    this.next();
  }
}

/** A process that exits waits for the native code of its threads, which may take minutes. All that was committed is in the file. */
function killProcess(): void {
  process.kill(process.pid, 'SIGKILL');
}

function unavailable(detail: string, cause?: unknown): ServiceUnavailable {
  return new ServiceUnavailable({ detail, cause });
}

function outcomeOf(answer: Answer): Answer | Error {
  if (answer.tooLarge) return unavailable('READING_TOO_LARGE');
  if (answer.failure)
    return Object.assign(new Error(answer.failure.message), { name: 'SqliteError', code: answer.failure.code });
  return answer;
}

function rowsOf({ names = [], rows = [] }: Answer): Row[] {
  return rows.map((values) => rowOf(names, values));
}
