import autocannon from 'autocannon';

/** The number of concurrent connections. */
export const CONNECTIONS = 50;

/** The result of one round. */
export interface Round {
  readonly perSecond: number;
  readonly p99: number;
}

/** The request to send. */
export interface Asked {
  readonly method: 'GET' | 'POST';
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** Prints a line. */
export const say = (text: string) => void process.stdout.write(`${text}\n`);

/** The median. */
export const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

/** Repeats a request for some seconds; throws if a response is not 2xx. */
export async function round(url: string, asked: Asked, duration: number): Promise<Round> {
  const result = await autocannon({ url, ...asked, connections: CONNECTIONS, duration });
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${url}: ${result.non2xx} refusals, ${result.errors} errors.`);
  }
  return { perSecond: result.requests.average, p99: result.latency.p99 };
}
