import { Connection, ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { driverCodeOf, wasUndone } from './database-failures.js';
import { DatabaseUnusable } from './database.errors.js';
import { Held, HolderWatch } from './holder-watch.js';
import { repeatWhile } from './resilient-statements.js';

const LOOK_EVERY_MS = 250;
const BEAT_EVERY_MS = 1_000;
/** Less than what others wait for a beat (HolderWatch), with room for one statement. */
const CONFIRMED_MS = 5_000;
/** Each of them was tried for some seconds, or waited for half a minute. */
const MOST_REFUSED_BEATS = 60;
/** COMMIT failed, or its outcome is not known. The statements of the lock may be given again all the same. */
const FAILED_COMMIT = 'ER_ERROR_DURING_COMMIT';

/** It has to be there before the first migration, so it is no part of one. */
const TABLE = `CREATE TABLE IF NOT EXISTS migration_lock (
  id tinyint NOT NULL PRIMARY KEY, owner varchar(36) NULL, holder varchar(255) NOT NULL, beats bigint NOT NULL
) ENGINE = InnoDB`;
const ROW = "INSERT IGNORE INTO migration_lock (id, owner, holder, beats) VALUES (1, NULL, '', 0)";
const LOOK = 'SELECT owner, holder, CAST(beats AS CHAR) AS beats FROM migration_lock WHERE id = 1';
/** Each owner counts its beats from 0: what was left in the row, by whomever, can't let the count overflow. */
const TAKE = `UPDATE migration_lock SET owner = ?, holder = ?, beats = 0
  WHERE id = 1 AND (owner IS NULL OR owner = ? OR (owner = ? AND beats = ?))`;
const BEAT = 'UPDATE migration_lock SET beats = beats + 1 WHERE id = 1 AND owner = ?';
const RELEASE = 'UPDATE migration_lock SET owner = NULL WHERE id = 1 AND owner = ?';

/** Another process has taken the lock over, because this one did not show that it was alive. */
export class MigrationLockLost extends Error {
  override readonly name = 'MigrationLockLost';

  constructor() {
    super('Another process has taken the migration lock over.');
  }
}

/** No owner has an empty name. */
const NOBODY: Held = { owner: '', beats: '0' };

interface LockRow extends RowDataPacket {
  readonly owner: string | null;
  /** The holder in words. */
  readonly holder: string;
  readonly beats: string;
}

/**
 * A lock that all nodes of a cluster know (ADR 14): one row with the owner, which the owner shows to be alive by raising
 * its beats once a second. Another process takes it over only after it has seen no beat for many looks.
 */
export class MigrationLockRow {
  private confirmedAt = -Infinity;
  private isLost = false;
  private beating?: Promise<void>;
  private timer?: NodeJS.Timeout;

  private constructor(
    private readonly connection: Connection,
    private readonly owner: string,
  ) {}

  /**
   * Takes the lock, as soon as it is free.
   *
   * @param connection serves the lock alone from here on, and stays open as long as it is held
   * @param onWait is told once of the process that has to be waited for
   * @throws {DatabaseUnusable} if another process is at work for too long
   */
  static async take(connection: Connection, onWait: (holder: string) => void): Promise<MigrationLockRow> {
    const lock = new MigrationLockRow(connection, randomUUID());
    await lock.change(TABLE, []);
    await lock.change(ROW, []);
    await lock.wait(onWait);
    lock.timer = setInterval(() => void lock.beat().catch(() => undefined), BEAT_EVERY_MS).unref();
    return lock;
  }

  /**
   * Makes sure that the lock is held. What is done right after it is done under the lock.
   *
   * @throws {MigrationLockLost} if another process has it
   */
  async demand(): Promise<void> {
    if (performance.now() - this.confirmedAt > CONFIRMED_MS) await this.beat();
    if (this.isLost) throw new MigrationLockLost();
  }

  /** Lets others take the lock at once. If that fails, they take it after a while. */
  async release(): Promise<void> {
    clearInterval(this.timer);
    await this.beating?.catch(() => undefined);
    await this.change(RELEASE, [this.owner]).catch(() => undefined);
  }

  private async wait(onWait: (holder: string) => void): Promise<void> {
    const watch = new HolderWatch();
    let isTold = false;
    for (;;) {
      const began = performance.now();
      const { owner, beats, holder } = await this.look();
      const held = owner === null ? undefined : { owner, beats };
      const verdict = held ? watch.note(held, performance.now() - began) : 'GONE';
      if (verdict === 'GONE' && (await this.takeFrom(held))) return;
      if (verdict === 'TOO_LONG') throw tooLong(holder);
      if (held && !isTold) onWait(holder);
      isTold ||= held !== undefined;
      await pause(LOOK_EVERY_MS);
    }
  }

  private async look(): Promise<LockRow> {
    for (;;) {
      try {
        const [[row]] = await this.connection.query<LockRow[]>(LOOK);
        if (row) return row;
        throw new DatabaseUnusable('The table migration_lock has no row. Start again.');
      } catch (error) {
        // While a table of a cluster is altered, a node waits for others in vain, for half a minute each time.
        if (!wasUndone(error)) throw error;
        await pause(LOOK_EVERY_MS);
      }
    }
  }

  private async takeFrom({ owner, beats }: Held = NOBODY): Promise<boolean> {
    const began = performance.now();
    const holder = `process ${process.pid} on ${hostname()}`.slice(0, 255);
    const isTaken = (await this.change(TAKE, [this.owner, holder, this.owner, owner, beats])) > 0;
    if (isTaken) this.confirmedAt = began;
    return isTaken;
  }

  private beat(): Promise<void> {
    return (this.beating ??= this.confirm().finally(() => (this.beating = undefined)));
  }

  private async confirm(): Promise<void> {
    for (let refusals = 1; ; refusals++) {
      const began = performance.now();
      try {
        if ((await this.change(BEAT, [this.owner])) > 0) this.confirmedAt = began;
        else this.isLost = true;
        return;
      } catch (error) {
        // While a migration alters a large table of a cluster, the node refuses other writes, each after half a minute.
        if (!mayRepeat(error) || refusals >= MOST_REFUSED_BEATS) throw error;
      }
    }
  }

  /** Returns how many rows were changed: each statement commits by itself, so an answer without an error is final. */
  private async change(sql: string, values: string[]): Promise<number> {
    return repeatWhile(mayRepeat, async () => {
      const [{ affectedRows }] = await this.connection.query<ResultSetHeader>(sql, values);
      return affectedRows;
    });
  }
}

function mayRepeat(error: unknown): boolean {
  return wasUndone(error) || driverCodeOf(error) === FAILED_COMMIT;
}

function tooLong(holder: string): DatabaseUnusable {
  return new DatabaseUnusable(
    `Another process (${holder}) has held the migration lock for a minute. Check that process and start again.`,
  );
}
