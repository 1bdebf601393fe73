import { Clock } from '../common/runtime/clock.js';
import { LimitedAttempt } from './limited-attempt.js';

/** Why a process is not ready. */
export type Unready = 'DATABASE_UNREADABLE' | 'DATABASE_NOT_WRITABLE';

/** The same in words. */
export const UNREADY_MESSAGES: Record<Unready, string> = {
  DATABASE_UNREADABLE: 'The database does not answer. Try again.',
  DATABASE_NOT_WRITABLE: 'The database can be read but not written: it is read-only, full, or without a quorum.',
};

const WRITE_EVERY_MS = 5_000;
const TELL_EVERY_MS = 5_000;
/**
 * A database that takes longer is not ready. A node that has lost the others lets a causal read wait for seconds; a Galera node
 * begins with that within a second, and its first such read still ends after one.
 */
const READ_MS = 800;
/** After a read that was answered. */
const WRITE_MS = 1_000;

/** Checks whether the database can be used. */
export interface DatabaseProbe {
  /** Reads a row; throws if that fails. */
  read(): Promise<unknown>;
  /** Writes something that is not shown anywhere; throws if that fails. */
  write(): Promise<unknown>;
}

/**
 * Whether this process can do its work. It tries a read each time, and a write too, because a node without a quorum, a
 * full disk or a read-only server may still answer reads. It writes at most once in five seconds, because anybody may ask.
 * It answers within two seconds, whatever the database does.
 */
export class Readiness {
  private readonly read: LimitedAttempt;
  private readonly write: LimitedAttempt;
  private wroteAt = -Infinity;
  private isWritable: Promise<boolean> = Promise.resolve(true);
  private last: Unready | null = null;
  private toldAt = -Infinity;

  /**
   * @param onChange is told when the answer is another one than it was told last, at most once in five seconds, because anybody
   * may ask a database that fails now and then; the first one that is told is a problem
   * @param limits how long the database may take, in milliseconds
   */
  constructor(
    probe: DatabaseProbe,
    private readonly clock: Clock,
    private readonly onChange: (problem: Unready | null) => void = () => undefined,
    limits = { read: READ_MS, write: WRITE_MS },
  ) {
    this.read = new LimitedAttempt(() => probe.read(), limits.read);
    this.write = new LimitedAttempt(() => probe.write(), limits.write);
  }

  /** Why the process is not ready; null if it is. */
  async problem(): Promise<Unready | null> {
    const problem = await this.find();
    if (problem !== this.last && this.mayTell()) {
      this.last = problem;
      this.onChange(problem);
    }
    return problem;
  }

  private mayTell(): boolean {
    const isDue = this.isOver(this.toldAt, TELL_EVERY_MS);
    if (isDue) this.toldAt = this.clock.now().getTime();
    return isDue;
  }

  private async find(): Promise<Unready | null> {
    if (!(await this.read.succeeds())) return 'DATABASE_UNREADABLE';
    if (this.isDue()) this.isWritable = this.write.succeeds();
    return (await this.isWritable) ? null : 'DATABASE_NOT_WRITABLE';
  }

  private isDue(): boolean {
    const isDue = this.isOver(this.wroteAt, WRITE_EVERY_MS);
    if (isDue) this.wroteAt = this.clock.now().getTime();
    return isDue;
  }

  private isOver(since: number, milliseconds: number): boolean {
    const age = this.clock.now().getTime() - since;
    // If the clock was set back, the age is negative; that must not make anything wait longer.
    return age < 0 || age >= milliseconds;
  }
}
