import { Clock } from '../common/runtime/clock.js';

/** Why a process is not ready. */
export type Unready = 'DATABASE_UNREADABLE' | 'DATABASE_NOT_WRITABLE';

const WRITE_EVERY_MS = 5_000;

/** What tells whether the database can be used. */
export interface DatabaseProbe {
  /** Reads a row of ours; throws where that fails. */
  read(): Promise<unknown>;
  /** Writes something that nobody sees; throws where that fails. */
  write(): Promise<unknown>;
}

/**
 * Whether this process can do its work. Reading is tried each time, writing once in five seconds at the most, for
 * anybody may ask: a node without a quorum, a full disk and a read-only server answer reads, and are not ready.
 */
export class Readiness {
  private wroteAt = -Infinity;
  private isWritable: Promise<boolean> = Promise.resolve(true);

  constructor(
    private readonly probe: DatabaseProbe,
    private readonly clock: Clock,
  ) {}

  /** The reason why it is not ready; null if it is. */
  async problem(): Promise<Unready | null> {
    if (!(await succeeds(() => this.probe.read()))) return 'DATABASE_UNREADABLE';
    if (this.isDue()) this.isWritable = succeeds(() => this.probe.write());
    return (await this.isWritable) ? null : 'DATABASE_NOT_WRITABLE';
  }

  private isDue(): boolean {
    const now = this.clock.now().getTime();
    const age = now - this.wroteAt;
    // A clock that was set back must not make it wait longer.
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
