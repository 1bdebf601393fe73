import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

const LOOK_AGAIN_MS = 20;
const MOST_LOOKS = 500;

/** The end of a supervised command. */
export interface SupervisedEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The command lines of processes of the group that were there after its first process had ended. */
  readonly leftOver: readonly string[];
  /** Whether the group had to be killed. */
  readonly wasKilled: boolean;
}

/**
 * A supervisor, like the one of a service manager or a container runtime: it runs a command as a group of its own, signals
 * only the first process, waits some seconds, and then kills the group.
 */
export class Supervised {
  output = '';
  private readonly ended: Promise<unknown>;

  private constructor(readonly process: ChildProcess) {
    this.ended = once(process, 'exit');
    for (const stream of [process.stdout, process.stderr]) {
      stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    }
  }

  /** Starts a command with only these environment variables. */
  static start([program = '', ...rest]: readonly string[], variables: Record<string, string>): Supervised {
    const env = { PATH: process.env.PATH, ...variables };
    return new Supervised(spawn(program, rest, { env, detached: true, stdio: 'pipe' }));
  }

  /** Waits until the health check succeeds. */
  async ready(url: string): Promise<this> {
    for (;;) {
      const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
      if (answer?.ok) return this;
      if (this.process.exitCode !== null) throw new Error(`The server did not start:\n${this.output}`);
      await pause(LOOK_AGAIN_MS);
    }
  }

  /** Signals the first process only, and kills the group where it has not ended after so many seconds. */
  async stop(signal: NodeJS.Signals, graceSeconds: number): Promise<SupervisedEnd> {
    let wasKilled = false;
    const killing = setTimeout(() => {
      wasKilled = true;
      this.kill();
    }, graceSeconds * 1000);
    this.process.kill(signal);
    await this.ended;
    clearTimeout(killing);
    const leftOver = await this.leftOver(wasKilled);
    this.kill();
    const { exitCode: code, signalCode } = this.process;
    return { code, signal: signalCode, leftOver, wasKilled };
  }

  /** Kills the group, if there is still one. */
  kill(): void {
    try {
      process.kill(-(this.process.pid ?? NaN), 'SIGKILL');
    } catch {
      // Nobody is left.
    }
  }

  /** The kernel needs a moment to end a group that it was told to kill. */
  private async leftOver(wasKilled: boolean): Promise<string[]> {
    let found = await this.members();
    for (let looks = 0; wasKilled && found.length > 0 && looks < MOST_LOOKS; looks++) {
      await pause(LOOK_AGAIN_MS);
      found = await this.members();
    }
    return found;
  }

  /** The command lines of the processes in its group (proc(5), /proc/PID/stat: state and group follow the name). */
  private async members(): Promise<string[]> {
    const found: string[] = [];
    for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
      const [state, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (Number(group) !== this.process.pid || state === 'Z') continue;
      // A process that is ending has no command line any more.
      const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      if (line !== '') found.push(line.replaceAll('\0', ' '));
    }
    return found;
  }
}
