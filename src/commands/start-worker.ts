import { loadDotEnv } from '../config/dot-env.js';
import { readEnvironment } from '../config/env.js';
import { lockForWorker } from '../database/lock/index.js';
import { Metrics } from '../health/index.js';
import { joinPool } from '../workers/index.js';
import { listenAt } from './listen.js';
import { demandHashes, makeApp, openServer } from './make-app.js';
import { endInTime, STOP_SIGNALS } from './stop-signals.js';

/**
 * Starts one of the workers of a server, in a process that its primary has forked. It ends at SIGTERM or SIGINT, within ten
 * seconds, and with its primary.
 *
 * @param number its number among the workers
 * @throws {InvalidEnvironment} {@link EncryptionKeyUnusable} {@link DatabaseUnusable}
 */
export async function startWorker(number: number): Promise<void> {
  endInTime();
  const endAtOnce = () => process.exit(0);
  for (const signal of STOP_SIGNALS) process.on(signal, endAtOnce);
  loadDotEnv();
  const environment = readEnvironment();
  const opened = openServer(environment, number);
  demandHashes();
  await lockForWorker(environment);
  const app = await makeApp(environment, opened);
  // From here on the application ends by itself, when it has answered what is under way.
  for (const signal of STOP_SIGNALS) process.off(signal, endAtOnce);
  ignoreHangup();
  const more = await listenAt(environment, app);
  joinPool({ server: app.getHttpServer(), more }, app.get(Metrics));
}

/** The primary restarts its workers at SIGHUP; a terminal that is closed sends it to all of them. */
function ignoreHangup(): void {
  process.removeAllListeners('SIGHUP');
  process.on('SIGHUP', () => undefined);
}
