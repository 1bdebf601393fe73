import { text } from 'node:stream/consumers';
import { request } from 'undici';

/** An answer, of which the beginning was read. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Why nothing answered: a code of Node or OpenSSL. */
export interface NoAnswer {
  readonly failure: string;
}

const ANSWER_MS = 5_000;
const MOST_BYTES = 64 * 1024;

/** Sends a GET request, follows no redirect, and reads a bounded answer. Never throws. */
export async function askHttp(
  url: URL | string,
  signal: AbortSignal,
  headers: Readonly<Record<string, string>> = {},
): Promise<HttpAnswer | NoAnswer> {
  try {
    const answer = await request(url, {
      headers: { 'user-agent': 'mooring-doctor', ...headers },
      signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]),
    });
    const pairs = Object.entries(answer.headers).map(([name, value]) => [name, [value].flat().join(', ')] as const);
    const body = await text(bounded(answer.body));
    return { status: answer.statusCode, headers: Object.fromEntries(pairs), body };
  } catch (error) {
    const { code, name = 'Error' } = error as { code?: string; name?: string };
    return { failure: name === 'TimeoutError' ? `no answer within ${ANSWER_MS / 1000} seconds` : (code ?? name) };
  }
}

async function* bounded(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let left = MOST_BYTES;
  for await (const chunk of body) {
    yield chunk.subarray(0, left);
    left -= chunk.length;
    if (left <= 0) return;
  }
}

const OF_TLS = /CERT|SELF_SIGNED|UNABLE_TO|SSL|TLS/;

/** Whether a failure is one of TLS, so that something did answer. */
export function isOfTls({ failure }: NoAnswer): boolean {
  return OF_TLS.test(failure);
}
