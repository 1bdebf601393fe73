import { setTimeout as pause } from 'node:timers/promises';
import { Pool } from 'undici';
import type { Target } from './load.js';

const CONNECTIONS = 10;
/** So long the connections are opened and the code of both sides is compiled, which is not measured. */
const WARM_UP_SECONDS = 1;

/**
 * Sends the requests of a target in turns at a steady rate, and returns the latencies in milliseconds. Each counts from when its
 * request was due, so that a server that stands still is seen in all requests of that time.
 *
 * @param rate requests per second
 * @throws {Error} if a response is not 2xx, or a connection fails
 */
export async function pacedLatencies({ url, requests }: Target, seconds: number, rate: number): Promise<number[]> {
  const pool = new Pool(url, { connections: CONNECTIONS });
  const latencies: number[] = [];
  const begun = performance.now() + WARM_UP_SECONDS * 1000;
  const send = async (number: number, due: number) => {
    const asked = requests[number % requests.length];
    if (!asked) return;
    const { statusCode, body } = await pool.request({ ...asked });
    await body.dump();
    if (statusCode < 200 || statusCode > 299) throw new Error(`${url}: a response with ${statusCode}.`);
    if (due >= begun) latencies.push(performance.now() - due);
  };
  const sent: Promise<void>[] = [];
  for (let number = 0; number < (WARM_UP_SECONDS + seconds) * rate; number++) {
    const due = begun + (number / rate - WARM_UP_SECONDS) * 1000;
    while (performance.now() < due) await pause(1);
    sent.push(send(number, due));
  }
  await Promise.all(sent).finally(() => pool.destroy());
  return latencies;
}
