import { setTimeout as pause } from 'node:timers/promises';
import { yieldToEventLoop } from '../common/runtime/event-loop.js';
import { driverCodeOf } from './database-failures.js';

/** How long a statement waits for another process that writes to the file, as SQLite itself does where nobody else waits. */
const LONGEST_WAIT_MS = 10_000;
const SHORTEST_PAUSE_MS = 2;
const LONGEST_PAUSE_MS = 8;

/** Whether another process or connection holds the lock that a statement needs; the statement has changed nothing. */
export function isLocked(error: unknown): boolean {
  return /^SQLITE_BUSY(_|$)/.test(driverCodeOf(error));
}

/**
 * A SQLite file that several processes write to, one at a time (SQLite, "Write-Ahead Logging", section 2.2). A statement
 * that finds it locked is tried again in a later turn of the event loop, so that the process goes on answering; SQLite's
 * own wait (`busy_timeout`) would hold the loop. Statements that wait form one line, so that a try costs the same however
 * many wait, and one of them runs in each turn.
 */
export class LockedFile {
  private line: Promise<unknown> = Promise.resolve();

  /** @param longestWaitMs milliseconds after which a statement is not repeated any more */
  constructor(private readonly longestWaitMs = LONGEST_WAIT_MS) {}

  /**
   * Runs a statement that is complete by itself, outside of transactions, and repeats it while the file is locked.
   *
   * @throws what the statement throws; the error of the locked file (`SQLITE_BUSY`) if it was locked all that time
   */
  async run<T>(statement: () => Promise<T>): Promise<T> {
    const giveUpAt = performance.now() + this.longestWaitMs;
    try {
      return await statement();
    } catch (error) {
      if (!isLocked(error) || performance.now() >= giveUpAt) throw error;
    }
    const turn = this.line.then(() => runOnceFree(statement, giveUpAt));
    this.line = turn.catch(() => undefined);
    return turn;
  }
}

async function runOnceFree<T>(statement: () => Promise<T>, giveUpAt: number): Promise<T> {
  for (;;) {
    // Writes wait for the disk: those of a whole line in one turn would hold the loop as long as the lock did.
    await yieldToEventLoop();
    try {
      return await statement();
    } catch (error) {
      if (!isLocked(error) || performance.now() >= giveUpAt) throw error;
      await pause(SHORTEST_PAUSE_MS + (LONGEST_PAUSE_MS - SHORTEST_PAUSE_MS) * Math.random());
    }
  }
}
