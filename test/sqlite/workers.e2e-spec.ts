import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { readEnvironment } from '../../src/config/env.js';
import { lockForServer } from '../../src/database/index.js';
import { ServerFolder } from '../support/server-folder.js';
import { startWithWorkers, workersOf } from '../support/workers.js';

const AT_ONCE = { seconds: 0, pauseMilliseconds: 0 };

describe('A SQLite file that a server with two workers uses', () => {
  let folder: ServerFolder;
  beforeEach(async () => (folder = await ServerFolder.create()));
  afterEach(() => folder.remove());

  const lock = () =>
    lockForServer(
      readEnvironment({ DATA_DIR: folder.path, DATABASE_URL: `sqlite:${join(folder.path, 'mooring.db')}` }),
      AT_ONCE,
    );

  it('is locked for other servers, which are told of its first process, until the last worker has ended', async () => {
    const server = await startWithWorkers(folder);
    await expect(lock()).rejects.toThrow(
      `Another server uses ${folder.path}/mooring.db (process ${server.process.pid} `,
    );
    const [stopped = 0] = await workersOf(server);
    process.kill(stopped, 'SIGSTOP');
    await server.end('SIGKILL');
    await expect(lock()).rejects.toThrow('Another server uses');
    process.kill(stopped, 'SIGKILL');
    await server.endOfOutput();
    await (
      await lock()
    )();
  });
});
