import { Environment } from '../config/env.js';
import { publicAddressOf } from '../config/public-urls.js';
import { realmProblems } from '../config/token-realm.js';
import { hasDatabaseFile } from '../database/lock/index.js';
import { adviseOperator } from './advise-operator.js';
import { demandAddress, listenAt } from './listen.js';
import { demandHashes, makeApp, openServer } from './make-app.js';
import { waitForLock } from './stop-signals.js';
import { tellStop } from './tell-stop.js';

/**
 * Starts a server that is one process.
 *
 * @throws {InvalidEnvironment} {@link EncryptionKeyUnusable} {@link DatabaseUnusable}
 */
export async function startAlone(environment: Environment): Promise<void> {
  const opened = openServer(environment);
  const { log } = opened.server.getInstance();
  adviseOperator(environment, log);
  tellStop(log);
  demandHashes();
  await demandAddress(environment, await hasDatabaseFile(environment));
  await waitForLock(environment);
  // The server that has had the lock may have had the port, too.
  await demandAddress(environment, false);
  const app = await makeApp(environment, opened);
  await listenAt(environment, app);
  log.info(`Mooring listens on port ${environment.port}; its public URL is ${publicAddressOf(environment)}.`);
  for (const { detail, remedy } of await realmProblems(environment)) log.warn(`${detail} ${remedy}`);
}
