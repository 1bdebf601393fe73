import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const ATTENDANT = join(import.meta.dirname, 'attendant.ts');
/** Longer than an attendant waits for its program. */
const GRACE_MS = 12_000;

/** How a part runs. */
export interface Surroundings {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** The file on which the part holds a shared lock while it runs. */
  readonly lock: string;
  /** Whether its standard output is shown. */
  readonly isQuiet?: boolean;
}

/**
 * A program that the demo has started. It has a process group of its own, so that Ctrl-C reaches it only through the demo,
 * and ends with the demo even where that is killed.
 */
export class Part {
  private readonly process: ChildProcess;
  /** The exit code, when the program has ended. */
  readonly ended: Promise<number>;

  /** Starts one by this command line. */
  constructor(
    readonly name: string,
    [program = '', ...args]: readonly string[],
    { cwd, env, lock, isQuiet = false }: Surroundings,
  ) {
    const line = ['--import', import.meta.resolve('tsx'), ATTENDANT, lock, program, ...args];
    const stdio = ['pipe', isQuiet ? 'ignore' : 'inherit', 'inherit'] as const;
    this.process = spawn(process.execPath, line, { cwd, env, stdio: [...stdio], detached: true });
    this.process.stdin?.on('error', () => undefined);
    this.ended = once(this.process, 'exit').then(([code]) => {
      this.kill();
      return (code as number | null) ?? 1;
    });
  }

  get isRunning(): boolean {
    return this.exitCode === null;
  }

  /** Null while it runs. */
  get exitCode(): number | null {
    return this.process.signalCode === null ? this.process.exitCode : 1;
  }

  /** Asks it to end, and kills it if it does not. */
  async end(): Promise<void> {
    const killer = setTimeout(() => this.kill(), GRACE_MS);
    if (this.isRunning) this.process.kill('SIGTERM');
    await this.ended;
    clearTimeout(killer);
  }

  /** Kills it, and all that it has started. */
  kill(): void {
    try {
      process.kill(-(this.process.pid ?? NaN), 'SIGKILL');
    } catch {
      // Nothing is left of it.
    }
  }
}
