import { Agent, fetch as undiciFetch, RequestInit as UndiciRequest, Response as UndiciResponse } from 'undici';
import { ConnectionOptions, connectorTo } from './connector.js';
import { asProviderFailure, isSilence } from './provider-failure.js';
import type { ExchangeOutcome } from './provider-settings.js';
import { ProviderError, ProviderUnavailable } from './provider.errors.js';

/** The deadline of one exchange with the provider, including the body of the answer, in milliseconds. */
export const EXCHANGE_DEADLINE_MS = 10_000;

/** The longest answer that is read, in bytes after decompression. */
export const LONGEST_ANSWER_BYTES = 1_000_000;

// Bounds how long idle connections of a replaced client stay open.
const KEEP_ALIVE_MS = 4_000;

// After a pause of the process, timers fire before sockets are read. This grace lets answers that have arrived be read.
const PAUSED_PROCESS_GRACE_MS = 1_000;

// Many grants may be due at once: this limits the load on the provider.
const MOST_CONNECTIONS = 128;

/** Options of the exchanges with one provider. */
export interface BoundedFetchOptions extends ConnectionOptions {
  /** The deadline of one exchange, in milliseconds; by default {@link EXCHANGE_DEADLINE_MS}. */
  readonly deadlineMs?: number;
  /** Called with the outcome of each exchange, and how long it took. */
  readonly noteExchange?: (outcome: ExchangeOutcome, seconds: number) => void;
}

/** The parts of a request that openid-client and jose pass. */
export interface BoundedRequest {
  readonly method: string;
  readonly headers: Headers | Record<string, string>;
  readonly body?: unknown;
  readonly signal?: AbortSignal | null;
  /** The deadline of this exchange, in milliseconds; by default that of the connections. */
  readonly deadlineMs?: number;
}

/** A fetch for one provider, and its connections. */
export interface BoundedFetch {
  /**
   * Sends a request and reads the whole answer. Throws {@link ProviderUnavailable} if there is no answer in time,
   * {@link ProviderError} for a redirect, an answer over {@link LONGEST_ANSWER_BYTES}, a certificate that is not trusted
   * or a link-local address.
   */
  readonly fetch: (url: string, request: BoundedRequest) => Promise<Response>;
  /**
   * Closes the connections when their current requests are done. A later request still works, on a new connection, so
   * closing never breaks an exchange of several requests.
   */
  readonly close: () => Promise<void>;
}

/** Creates the fetch for all requests to one provider. Its CA certificates and "verify off" apply to nothing else. */
export function boundedFetch(options: BoundedFetchOptions): BoundedFetch {
  let agent: Agent | undefined;
  const deadlineMs = options.deadlineMs ?? EXCHANGE_DEADLINE_MS;
  return {
    async fetch(url, request) {
      agent ??= connectionsTo(options);
      const began = performance.now();
      const note = (outcome: ExchangeOutcome) => options.noteExchange?.(outcome, (performance.now() - began) / 1000);
      try {
        const answer = await exchange(url, request, agent, request.deadlineMs ?? deadlineMs);
        note(outcomeOf(answer));
        return answer;
      } catch (error) {
        const failure = asProviderFailure(error);
        note(failure instanceof ProviderUnavailable ? 'UNAVAILABLE' : 'REFUSED');
        throw failure;
      }
    },
    async close() {
      const closing = agent;
      agent = undefined;
      await closing?.close();
    },
  };
}

function outcomeOf({ ok, status }: Response): ExchangeOutcome {
  if (ok) return 'ANSWERED';
  return isSilence(status) ? 'UNAVAILABLE' : 'REFUSED';
}

/** The connections to one provider. */
export function connectionsTo(options: ConnectionOptions): Agent {
  return new Agent({
    connections: MOST_CONNECTIONS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
    connect: connectorTo(options),
  });
}

async function exchange(url: string, request: BoundedRequest, agent: Agent, deadlineMs: number): Promise<Response> {
  const deadline = deadlineAfter(deadlineMs);
  try {
    const answer = await undiciFetch(url, {
      method: request.method,
      headers: Object.fromEntries(new Headers(request.headers)),
      body: request.body as UndiciRequest['body'],
      redirect: 'manual',
      signal: request.signal ? AbortSignal.any([request.signal, deadline.signal]) : deadline.signal,
      dispatcher: agent,
    });
    refuseRedirect(answer);
    const body = await bodyOf(answer);
    return new Response(body.length > 0 ? body : null, { status: answer.status, headers: headersOf(answer) });
  } finally {
    deadline.clear();
  }
}

/** Aborts after a time, but not right after a pause of the process: an answer that arrived during the pause is read. */
function deadlineAfter(milliseconds: number): { readonly signal: AbortSignal; clear(): void } {
  const aborting = new AbortController();
  const abort = () => aborting.abort(new DOMException('The deadline is over.', 'TimeoutError'));
  const due = performance.now() + milliseconds;
  let timer = setTimeout(() => {
    if (performance.now() < due + PAUSED_PROCESS_GRACE_MS) abort();
    else timer = setTimeout(abort, PAUSED_PROCESS_GRACE_MS);
  }, milliseconds);
  return { signal: aborting.signal, clear: () => clearTimeout(timer) };
}

function refuseRedirect(answer: UndiciResponse): void {
  if (answer.status < 300 || answer.status > 399) return;
  abandon(answer);
  throw new ProviderError(
    'The OpenID provider answered with a redirect. An administrator should check the OIDC endpoint.',
    `HTTP ${answer.status}`,
    `HTTP ${answer.status}`,
  );
}

async function bodyOf(answer: UndiciResponse): Promise<Buffer<ArrayBuffer>> {
  if (Number(answer.headers.get('content-length')) > LONGEST_ANSWER_BYTES) {
    abandon(answer);
    throw tooLong();
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of (answer.body ?? []) as AsyncIterable<Uint8Array>) {
    length += chunk.byteLength;
    if (length > LONGEST_ANSWER_BYTES) throw tooLong();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function abandon(answer: UndiciResponse): void {
  answer.body?.cancel().catch(() => undefined);
}

function tooLong(): ProviderError {
  return new ProviderError(
    'The OpenID provider sent an answer that is too long. An administrator should check the OIDC endpoint.',
    `more than ${LONGEST_ANSWER_BYTES} bytes`,
    `more than ${LONGEST_ANSWER_BYTES} bytes`,
  );
}

// The body is decompressed by now, so its original length and encoding no longer apply.
function headersOf(answer: UndiciResponse): Headers {
  const headers = new Headers([...answer.headers]);
  for (const name of ['content-encoding', 'content-length', 'transfer-encoding']) headers.delete(name);
  return headers;
}
