import { FileHandle, open } from 'node:fs/promises';
import { DataSource } from 'typeorm';
import { SYNCED_IN_BACKGROUND } from '../common/persistence/background-sync.js';
import { RELAXED_DURABILITY } from '../common/persistence/relaxed-durability.js';
import { changeEachRunner } from './each-runner.js';

const MARK = `/* ${SYNCED_IN_BACKGROUND} */`;
const RELAXED = `/* ${RELAXED_DURABILITY} */`;

/** Brings what was written so far to the disk. */
export type Sync = () => Promise<void>;

/**
 * The write-ahead log of a SQLite file, which is kept open for its syncs: SQLite makes no other one while a connection is open.
 * Closing the log drops no lock: those of SQLite are on other files.
 */
export class WriteAheadLog {
  private opened?: Promise<FileHandle>;
  private running: Promise<void> = Promise.resolve();
  private isKeptOpen = true;

  constructor(private readonly file: string) {}

  /**
   * Brings it to the disk, in another thread; one sync at a time. A commit without a sync is complete in the log (SQLite, PRAGMA
   * synchronous, NORMAL), and a log that is reused was synced with its database before. Throws the error of the disk; the next
   * sync opens the log anew.
   */
  sync(): Promise<void> {
    return (this.running = this.isKeptOpen ? this.syncKept() : this.syncAlone());
  }

  /** Lets go of the file, after a sync that runs. A later one, which may have waited for that, opens the file for itself only. */
  async close(): Promise<void> {
    this.isKeptOpen = false;
    await this.running.catch(() => undefined);
    await this.letGo();
  }

  private async syncKept(): Promise<void> {
    this.opened ??= this.open();
    try {
      await (await this.opened).datasync();
    } catch (error) {
      await this.letGo();
      throw error;
    }
  }

  private async syncAlone(): Promise<void> {
    const log = await this.open();
    try {
      await log.datasync();
    } finally {
      await log.close();
    }
  }

  private open(): Promise<FileHandle> {
    return open(`${this.file}-wal`, 'r+');
  }

  private async letGo(): Promise<void> {
    const opened = this.opened;
    this.opened = undefined;
    await opened?.then((log) => log.close()).catch(() => undefined);
  }
}

/** One sync at a time: whoever asks during one waits for the next, which is for all of them. */
export function joinedSync(sync: Sync): Sync {
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  const begin = () => {
    next = undefined;
    return sync();
  };
  return () => {
    if (next) return next;
    const mine = (next = running.then(begin));
    running = mine.catch(() => undefined);
    return mine;
  };
}

/**
 * Makes statements that are marked {@link SYNCED_IN_BACKGROUND} wait for the disk in another thread. A statement whose sync
 * fails throws, although the row may be written. Call it before the data source is used. On a database server they are
 * statements like all others.
 *
 * @param sync for tests; by default that of the {@link WriteAheadLog}
 */
export function syncInBackground(dataSource: DataSource, sync?: Sync): DataSource {
  const { options } = dataSource;
  if (options.type !== 'better-sqlite3') return dataSource;
  const joined = joinedSync(sync ?? syncOfLog(dataSource, options.database));
  const synced = async <T>(written: Promise<T>): Promise<T> => {
    const result = await written;
    await joined();
    return result;
  };
  changeEachRunner(dataSource, (runner) => {
    const query = runner.query.bind(runner);
    runner.query = (...[sql, ...rest]: Parameters<typeof query>) =>
      sql.startsWith(MARK) ? synced(query(`${RELAXED} ${sql}`, ...rest)) : query(sql, ...rest);
  });
  return dataSource;
}

function syncOfLog(dataSource: DataSource, file: string): Sync {
  const log = new WriteAheadLog(file);
  const destroy = dataSource.destroy.bind(dataSource);
  dataSource.destroy = async () => {
    // Before SQLite deletes it with its last connection.
    await log.close();
    await destroy();
  };
  return () => log.sync();
}
