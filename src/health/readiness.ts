import { Clock } from '../common/runtime/clock.js';

/** Why a process is not ready. */
export type Unready = 'DATABASE_UNREADABLE' | 'DATABASE_NOT_WRITABLE';

/** The same in words. */
export const UNREADY_MESSAGES: Record<Unready, string> = {
  DATABASE_UNREADABLE: 'The database does not answer. Try again.',
  DATABASE_NOT_WRITABLE: 'The database can be read but not written: it is read-only, full, or without a quorum.',
};

const WRITE_EVERY_MS = 5_000;

/** Checks whether the database can be used. */
export interface DatabaseProbe {
  /** Reads a row; throws if that fails. */
  read(): Promise<unknown>;
  /** Writes something that is not shown anywhere; throws if that fails. */
  write(): Promise<unknown>;
}

/**
 * Whether this process can do its work. It tries a read each time, and a write too, because a node without a quorum, a
 * full disk or a read-only server still answers reads. It writes at most once in five seconds, because anybody may ask.
 */
export class Readiness {
  private wroteAt = -Infinity;
  private isWritable: Promise<boolean> = Promise.resolve(true);
  private last: Unready | null = null;

  /** @param onChange is told when the answer is another one than the last; the first one that is told is a problem */
  constructor(
    private readonly probe: DatabaseProbe,
    private readonly clock: Clock,
    private readonly onChange: (problem: Unready | null) => void = () => undefined,
  ) {}

  /** Why the process is not ready; null if it is. */
  async problem(): Promise<Unready | null> {
    const problem = await this.find();
    if (problem !== this.last) {
      this.last = problem;
      this.onChange(problem);
    }
    return problem;
  }

  private async find(): Promise<Unready | null> {
    if (!(await succeeds(() => this.probe.read()))) return 'DATABASE_UNREADABLE';
    if (this.isDue()) this.isWritable = succeeds(() => this.probe.write());
    return (await this.isWritable) ? null : 'DATABASE_NOT_WRITABLE';
  }

  private isDue(): boolean {
    const now = this.clock.now().getTime();
    const age = now - this.wroteAt;
    // If the clock was set back, the age is negative; that must not delay the next write.
    const isDue = age < 0 || age >= WRITE_EVERY_MS;
    if (isDue) this.wroteAt = now;
    return isDue;
  }
}

async function succeeds(attempt: () => Promise<unknown>): Promise<boolean> {
  try {
    await attempt();
    return true;
  } catch {
    return false;
  }
}
