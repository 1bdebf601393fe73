import { describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { removeData, temporaryEnvironment } from '../../test/support/database.js';
import { openDataSource } from './open-data-source.js';

describe(openDataSource, () => {
  it('lets one process migrate at a time: the lock is held until it is done, and free afterwards', async () => {
    const environment = await temporaryEnvironment();
    const opening = openDataSource(environment);
    const isLocked = () => {
      const other = new Database(`${environment.databaseFile}.migration-lock`, { timeout: 0 });
      try {
        other.exec('BEGIN EXCLUSIVE; COMMIT');
        return false;
      } catch (error) {
        return (error as { code?: string }).code === 'SQLITE_BUSY';
      } finally {
        other.close();
      }
    };
    let wasLocked = false;
    let isDone = false;
    void opening.then(() => (isDone = true));
    while (!isDone) {
      wasLocked ||= isLocked();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect([wasLocked, isLocked()]).toEqual([true, false]);
    await (await opening).destroy();
    await removeData(environment);
  });
});
