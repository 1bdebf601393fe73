import { describe, expect, it } from '@jest/globals';
import { wasTakenOver } from './migration-lock.js';
import { MigrationLockLost } from './migration-lock-row.js';

const OVERDUE = Object.assign(new Error('Query inactivity timeout'), { code: 'PROTOCOL_SEQUENCE_TIMEOUT' });
const SOON_MS = 1;

const lockThat = (demand: () => Promise<void>) => ({ demand, release: () => Promise.resolve() });

describe('A process that fails while it prepares a database', () => {
  it('has stood still if another one has its lock, whatever its own statement failed with', async () => {
    const taken = lockThat(() => Promise.reject(new MigrationLockLost()));
    expect(await wasTakenOver(taken, OVERDUE)).toBe(true);
  });

  it('has stood still if its lock said so', async () => {
    const unasked = lockThat(() => Promise.reject(new Error('The lock was asked again.')));
    expect(await wasTakenOver(unasked, new MigrationLockLost())).toBe(true);
  });

  it('has failed by itself if it still has the lock', async () => {
    const held = lockThat(() => Promise.resolve());
    expect(await wasTakenOver(held, OVERDUE)).toBe(false);
  });

  it('has failed by itself if the database can tell nothing of the lock', async () => {
    const away = lockThat(() => Promise.reject(OVERDUE));
    expect(await wasTakenOver(away, OVERDUE)).toBe(false);
  });

  it('has failed by itself if the database says nothing of the lock in time', async () => {
    const silent = lockThat(() => new Promise(() => undefined));
    expect(await wasTakenOver(silent, OVERDUE, SOON_MS)).toBe(false);
  });
});
