import type { Worker } from 'node:cluster';
import type { FromWorker, ToWorker } from './messages.js';

/** The seconds for which a worker with a successor may answer what is under way, before it is killed. */
const RETIRE_SECONDS = 20;

/** How a process ended: its exit code, or the signal. */
export type WorkerEnd = number | NodeJS.Signals;

/** A worker, as the process that has started it sees it. */
export class WorkerProcess {
  /** Resolves when it listens: true; or when it has ended before: false. */
  readonly listening: Promise<boolean>;
  /** Resolves when it has ended. */
  readonly ended: Promise<WorkerEnd>;
  isListening = false;
  hasEnded = false;

  /**
   * @param number its number among the workers, from 1; its successor gets the same
   * @param process the process, which was just started
   */
  constructor(
    readonly number: number,
    private readonly process: Worker,
  ) {
    this.ended = new Promise((resolve) => {
      process.once('exit', (code, signal) => {
        this.hasEnded = true;
        this.isListening = false;
        resolve(code ?? (signal as NodeJS.Signals));
      });
    });
    const listens = new Promise<boolean>((resolve) => {
      this.onMessage(({ kind }) => {
        if (kind !== 'listens') return;
        this.isListening = true;
        resolve(true);
      });
    });
    this.listening = Promise.race([listens, this.ended.then(() => false)]);
  }

  /** Calls this for every message of the worker. */
  onMessage(listener: (message: FromWorker) => void): void {
    this.process.on('message', listener);
  }

  /** Tells the worker something, unless it has ended. */
  tell(message: ToWorker): void {
    // A worker that is ending may have closed its channel: what it is told then is of no use to it.
    if (this.process.isConnected()) this.process.send(message, () => undefined);
  }

  /** Lets the worker end: it answers what is under way. */
  stop(): void {
    this.process.process.kill('SIGTERM');
  }

  /** Lets a worker end that has a successor, so that no client notices; kills it where it has not ended in time. */
  async retire(): Promise<void> {
    if (this.isListening) this.tell({ kind: 'end-after-successor' });
    else this.stop();
    const limit = setTimeout(() => this.kill(), RETIRE_SECONDS * 1000);
    await this.ended;
    clearTimeout(limit);
  }

  /** Ends the worker at once. */
  kill(): void {
    this.process.process.kill('SIGKILL');
  }
}
