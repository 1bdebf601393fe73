import { Environment } from '../config/env.js';
import { lockForServer } from '../database/lock/index.js';

/** The signals that end a server. */
export const STOP_SIGNALS = ['SIGTERM', 'SIGINT'] as const;

const STOP_WITHIN_SECONDS = 9;

/** A response that hangs must not keep the process from ending: it ends some seconds after a signal, whatever is under way. */
export function endInTime(): void {
  const end = () => void setTimeout(() => process.exit(1), STOP_WITHIN_SECONDS * 1000).unref();
  for (const signal of STOP_SIGNALS) process.once(signal, end);
}

/** Waits for the lock on the database; a signal meanwhile ends the process at once, for nothing is open yet. */
export async function waitForLock(environment: Environment): Promise<void> {
  const end = () => process.exit(0);
  for (const signal of STOP_SIGNALS) process.once(signal, end);
  await lockForServer(environment);
  for (const signal of STOP_SIGNALS) process.off(signal, end);
}
