import { STOP_SIGNALS } from './stop-signals.js';

/** Where the end of a server is told: a logger that writes at once, for the process is about to end. */
export interface StopLog {
  info(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/**
 * Says that a signal ends the server, and last of all that it has ended: by which signal, how long it took to answer what was
 * under way, and with which exit code. A start that fails ends with such a line too.
 */
export function tellStop(log: StopLog): void {
  let stop: { readonly signal: string; readonly at: number } | undefined;
  for (const signal of STOP_SIGNALS) {
    process.once(signal, () => {
      stop ??= { signal, at: performance.now() };
      log.info({ signal }, 'Mooring stops: it answers what is under way.');
    });
  }
  process.once('exit', (exitCode) => {
    const fields = { signal: stop?.signal, milliseconds: stop && Math.round(performance.now() - stop.at), exitCode };
    if (exitCode === 0) log.info(fields, 'Mooring has stopped.');
    else log.error(fields, `Mooring has ended with ${exitCode}.`);
  });
}
