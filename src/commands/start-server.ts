import { loadDotEnv } from '../config/dot-env.js';
import { readEnvironment } from '../config/env.js';
import { endInTime } from './stop-signals.js';

/**
 * Starts the server as the environment says, in this process or in several workers; it ends at SIGTERM or SIGINT, within ten
 * seconds.
 *
 * @throws {InvalidEnvironment} {@link EncryptionKeyUnusable} {@link DatabaseUnusable}
 */
export async function startServer(): Promise<void> {
  loadDotEnv();
  const environment = readEnvironment();
  if (environment.workers > 1) {
    // The process that only starts workers loads neither the application nor the drivers.
    const { startWorkers } = await import('./start-workers.js');
    return startWorkers(environment);
  }
  endInTime();
  const { startAlone } = await import('./start-alone.js');
  return startAlone(environment);
}
