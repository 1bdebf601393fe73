import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const IS_UNDER_NPM = process.env.npm_lifecycle_event !== undefined;
/** From npm one Ctrl-C arrives twice, for the terminal sends it too. */
const SAME_PRESS_MS = IS_UNDER_NPM ? 250 : 0;
const LOOK_MS = 500;

/** What ends when the demo ends. */
interface Ends {
  end(): Promise<void> | void;
  /** Ends at once; not needed by what is part of this process. */
  kill?(): void;
}

/** Knows when the demo is to end, and ends what it has started, the last first. */
export class Ending {
  private readonly started: Ends[] = [];
  private isEnding = false;
  private finish: (outcome: Error | undefined) => void = () => undefined;
  /** Is kept when the demo is to end: with the reason if that is a failure. */
  readonly wanted = new Promise<Error | undefined>((resolve) => (this.finish = resolve));

  /** Listens to the signals, and to the end of npm: without it nobody can end the demo by Ctrl-C. */
  listen(say: (text: string) => void): void {
    let patience: 'untouched' | 'ending' | 'out' = 'untouched';
    const onSignal = (signal: (typeof SIGNALS)[number]) => {
      if (patience === 'out') this.endAtOnce(128 + constants.signals[signal]);
      if (patience !== 'untouched') return;
      patience = 'ending';
      say('\nEnding ...');
      setTimeout(() => {
        patience = 'out';
        say('Ctrl-C again ends everything at once.');
      }, SAME_PRESS_MS);
      this.finish(undefined);
    };
    for (const signal of SIGNALS) process.on(signal, onSignal);
    process.on('uncaughtException', (error) => this.fail(error));
    if (IS_UNDER_NPM) this.watchParent(process.ppid);
  }

  /** Notes something that was started; ends it at once if the demo is ending. */
  async add<T extends Ends>(part: T): Promise<T> {
    if (this.isEnding) {
      await part.end();
      throw new Error('The demo is ending.');
    }
    this.started.push(part);
    return part;
  }

  /** The demo has to end because of a failure. */
  fail(reason: Error): void {
    this.finish(reason);
  }

  /** Ends everything. */
  async endAll(): Promise<void> {
    this.isEnding = true;
    for (const part of this.started.toReversed()) await part.end();
  }

  private endAtOnce(exitCode: number): never {
    for (const part of this.started) part.kill?.();
    process.exit(exitCode);
  }

  private watchParent(parent: number): void {
    setInterval(() => {
      if (process.ppid !== parent) this.finish(undefined);
    }, LOOK_MS).unref();
  }
}
