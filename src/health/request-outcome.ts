/** How a request ended, as the metrics count it. */
export type RequestOutcome = 'OK' | 'REFUSED' | 'RATE_LIMITED' | 'FAILED';

/** The outcome that an HTTP status stands for. */
export function outcomeOf(status: number): RequestOutcome {
  if (status >= 500) return 'FAILED';
  if (status === 429) return 'RATE_LIMITED';
  return status >= 400 ? 'REFUSED' : 'OK';
}
