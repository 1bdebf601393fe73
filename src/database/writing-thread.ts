import { versions } from 'node:process';
import { Worker } from 'node:worker_threads';
import { ServiceUnavailable } from '../common/errors/common.errors.js';
import { driverPackageFor } from './sqlite-driver.js';

const MAIN = new URL('./writing-thread-main.js', import.meta.url);
const LOCK_WAIT_MS = 5_000;
/** A thread takes memory. */
const IDLE_MS = 60_000;
/** A thread that runs statements has few objects; by the flags of `npm start` it would have as much room as the process. */
const MOST_YOUNG_MEGABYTES = 4;

interface Answer {
  readonly changes?: number;
  readonly failure?: { readonly message: string; readonly code?: string };
}

interface Running {
  readonly resolve: (changes: number) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Writes to a SQLite file in a thread, one statement after the other, each a transaction by itself. The driver is synchronous: in the
 * thread of the requests a long write, and what the log then brings into the file, would hold up everybody. The thread starts at
 * the first write, and ends when there was none for a minute; it does not keep the process from ending.
 */
export class WritingThread {
  private line: Promise<unknown> = Promise.resolve();
  private worker?: Worker;
  private running?: Running;
  private idle?: NodeJS.Timeout;
  private isClosed = false;

  /**
   * @param file the database; it exists
   * @param idleMs after how long without a write the thread ends, in milliseconds
   */
  constructor(
    private readonly file: string,
    private readonly idleMs = IDLE_MS,
  ) {}

  /** Whether the thread runs. */
  get isRunning(): boolean {
    return this.worker !== undefined;
  }

  /**
   * Runs a statement; returns how many rows it changed. A loss of power may undo it.
   *
   * @throws {ServiceUnavailable} if the thread ends meanwhile; else the driver's error with its code
   */
  write(sql: string, parameters: readonly unknown[] = []): Promise<number> {
    const turn = this.line.then(() => this.run(sql, parameters));
    this.line = turn.catch(() => undefined);
    return turn;
  }

  /**
   * Brings what is in the log into the file, as far as nobody reads it (SQLite, "Write-Ahead Logging", section 2.1). Writes go on
   * meanwhile.
   *
   * @throws as {@link write}
   */
  async checkpoint(): Promise<void> {
    await this.write('PRAGMA wal_checkpoint(PASSIVE)');
  }

  /** Ends the thread when its current statement is done; others that wait are refused. */
  async close(): Promise<void> {
    this.isClosed = true;
    await this.line;
    await this.end();
  }

  private run(sql: string, parameters: readonly unknown[]): Promise<number> {
    if (this.isClosed) throw unavailable('WRITING_CLOSED');
    clearTimeout(this.idle);
    const worker = (this.worker ??= this.started());
    worker.ref();
    return new Promise<number>((resolve, reject) => {
      this.running = { resolve, reject };
      worker.postMessage({ sql, parameters });
    }).finally(() => {
      this.running = undefined;
      worker.unref();
      this.idle = setTimeout(() => void this.end(), this.idleMs).unref();
    });
  }

  private async end(): Promise<void> {
    clearTimeout(this.idle);
    const { worker } = this;
    this.worker = undefined;
    await worker?.terminate();
  }

  private started(): Worker {
    const worker = new Worker(MAIN, {
      workerData: {
        driver: driverPackageFor(versions.node),
        file: this.file,
        lockWaitMilliseconds: LOCK_WAIT_MS,
      },
      // Neither the environment, which holds keys, nor a loader of the process is for the thread.
      env: {},
      execArgv: [],
      resourceLimits: { maxYoungGenerationSizeMb: MOST_YOUNG_MEGABYTES },
    });
    let fault: unknown;
    worker.on('message', (answer: Answer) => this.take(answer));
    worker.on('error', (error) => (fault = error));
    worker.on('exit', () => this.lose(worker, fault));
    return worker;
  }

  private take({ changes = 0, failure }: Answer): void {
    if (!failure) return this.running?.resolve(changes);
    this.running?.reject(Object.assign(new Error(failure.message), { name: 'SqliteError', code: failure.code }));
  }

  private lose(worker: Worker, fault: unknown): void {
    if (this.worker !== worker) return;
    this.worker = undefined;
    this.running?.reject(unavailable((fault as { code?: string } | undefined)?.code ?? 'WRITING_ENDED', fault));
  }
}

function unavailable(detail: string, cause?: unknown): ServiceUnavailable {
  return new ServiceUnavailable({ detail, cause });
}
