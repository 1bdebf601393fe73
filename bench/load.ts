import autocannon from 'autocannon';
import { compared, Comparison, Round } from './compared.js';
import { cpuSecondsOf } from './process-time.js';

/** The number of concurrent connections of a round. */
export const CONNECTIONS = 50;
const WARM_UP_SECONDS = 5;
const SINGLE_SECONDS = 2;
/** How many requests are checked before the rounds. */
const CHECKED = 20;
/** Longer than any wait of the server: on a busy machine a slow response is a figure, and no error. */
const TIMEOUT_SECONDS = 60;

/** A request to send. */
export interface Asked {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** A server that is measured: its requests are sent in turns, and each connection begins elsewhere among them. */
export interface Target {
  readonly url: string;
  readonly requests: readonly Asked[];
  /** The process whose CPU time is counted, with its children. */
  readonly pid: number | undefined;
  /** A text in each response: GraphQL answers errors with 200 too. */
  readonly expected: string;
}

/** How a round goes. */
export interface Pace {
  readonly seconds: number;
  readonly connections?: number;
}

/** How rounds are run: how long each is, how many there are, and whom to tell about them. */
export interface Rounds {
  readonly seconds: number;
  readonly rounds: number;
  readonly tell: (text: string) => void;
}

const percentile = (sorted: Float64Array, share: number) => sorted[Math.floor(sorted.length * share)] ?? NaN;

function rotated<T>(list: readonly T[], by: number): T[] {
  const from = by % list.length;
  return [...list.slice(from), ...list.slice(0, from)];
}

/**
 * Sends the requests of a target for some seconds, on each connection as fast as it is answered.
 *
 * @throws {Error} if a response is not 2xx, or a connection fails
 */
export async function load({ url, requests, pid }: Target, pace: Pace): Promise<Round> {
  const { seconds, connections = CONNECTIONS } = pace;
  const times: number[] = [];
  let count = 0;
  const stride = Math.max(1, Math.floor(requests.length / connections));
  const setupClient = (client: autocannon.Client) => client.setRequests(rotated([...requests], count++ * stride));
  const cpuBefore = await cpuSecondsOf(pid);
  const began = performance.now();
  const result = await new Promise<autocannon.Result>((done, fail) => {
    const options = {
      url,
      connections,
      duration: seconds,
      timeout: TIMEOUT_SECONDS,
      setupClient,
    };
    const running = autocannon({ ...options, requests: [...requests] }, (error: Error | null, answer) =>
      error ? fail(error) : done(answer),
    );
    running.on('response', (_client, _status, _bytes, time) => void times.push(time));
  });
  const took = (performance.now() - began) / 1000;
  const cpuAfter = await cpuSecondsOf(pid);
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${url}: ${result.non2xx} refusals and ${result.errors} errors of ${times.length} responses.`);
  const sorted = Float64Array.from(times).sort();
  return {
    perSecond: times.length / took,
    cpuMicros: cpuBefore === null || cpuAfter === null ? null : ((cpuAfter - cpuBefore) / times.length) * 1e6,
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
  };
}

/**
 * Sends some of the requests of a target once.
 *
 * @throws {Error} if a response is not as expected
 */
export async function check({ url, requests, expected }: Target): Promise<void> {
  for (const { path, ...init } of requests.slice(0, CHECKED)) {
    const text = await (await fetch(new URL(path, url), init)).text();
    if (!text.includes(expected)) throw new Error(`${path} was answered ${text.slice(0, 200)} without ${expected}.`);
  }
}

async function singleOf(target: Target): Promise<number> {
  return (await load(target, { seconds: SINGLE_SECONDS, connections: 1 })).p50;
}

/**
 * Measures two targets in alternating rounds, after a warm-up of each, and then each with one connection, so that other load on
 * the machine meets both.
 */
export async function alternate(ours: Target, ceiling: Target, { seconds, rounds, tell }: Rounds): Promise<Comparison> {
  tell('warming up');
  for (const target of [ours, ceiling]) {
    await check(target);
    await load(target, { seconds: WARM_UP_SECONDS });
  }
  const [us, them]: [Round[], Round[]] = [[], []];
  for (let number = 1; number <= rounds; number++) {
    const [one, other] = [await load(ours, { seconds }), await load(ceiling, { seconds })];
    us.push(one);
    them.push(other);
    tell(`round ${number} of ${rounds}: ${one.perSecond.toFixed(0)}/s, the ceiling ${other.perSecond.toFixed(0)}/s`);
  }
  return compared(us, them, { ours: await singleOf(ours), ceiling: await singleOf(ceiling) });
}
