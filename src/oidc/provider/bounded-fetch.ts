import { Agent, Dispatcher } from 'undici';
import { ConnectionOptions, connectorTo } from './connector.js';
import { ACCEPTED_ENCODINGS, AnswerTooLong, decoded } from './content-encoding.js';
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

// A firewall in front of a provider may refuse what names no agent.
const ALWAYS_SENT = { accept: '*/*', 'accept-encoding': ACCEPTED_ENCODINGS, 'user-agent': 'mooring' } as const;

const ABOUT_THE_TRANSFER: ReadonlySet<string> = new Set(['content-encoding', 'content-length', 'transfer-encoding']);

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
  /** A text or `URLSearchParams`; the libraries' types allow more. */
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
  const { origin, pathname, search } = new URL(url);
  const deadline = deadlineAfter(deadlineMs);
  const signal = request.signal ? AbortSignal.any([request.signal, deadline.signal]) : deadline.signal;
  try {
    signal.throwIfAborted();
    // Not by `fetch`, whose streams take several times as long, and two writes for a body.
    const asked = agent.request({
      origin,
      path: `${pathname}${search}`,
      method: request.method,
      headers: { ...ALWAYS_SENT, ...Object.fromEntries(new Headers(request.headers)) },
      body: (request.body as string | URLSearchParams | null | undefined)?.toString() ?? null,
      signal,
    });
    const answer = await unlessAborted(asked, signal);
    refuseRedirect(answer);
    const body = await bodyOf(answer);
    return new Response(body.length > 0 ? new Uint8Array(body) : null, {
      status: answer.statusCode,
      headers: headersOf(answer),
    });
  } finally {
    deadline.clear();
  }
}

/** The library heeds a signal only once a request has its connection: it may wait for one, or for the other side's TLS. */
function unlessAborted<T>(asked: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    asked.then(resolve, reject);
  });
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

function refuseRedirect(answer: Dispatcher.ResponseData): void {
  if (answer.statusCode < 300 || answer.statusCode > 399) return;
  abandon(answer);
  throw new ProviderError(
    'The OpenID provider answered with a redirect. An administrator should check the OIDC endpoint.',
    `HTTP ${answer.statusCode}`,
    `HTTP ${answer.statusCode}`,
  );
}

async function bodyOf(answer: Dispatcher.ResponseData): Promise<Buffer> {
  if (Number(answer.headers['content-length']) > LONGEST_ANSWER_BYTES) {
    abandon(answer);
    throw tooLong();
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of answer.body as AsyncIterable<Uint8Array>) {
    length += chunk.byteLength;
    if (length > LONGEST_ANSWER_BYTES) throw tooLong();
    chunks.push(chunk);
  }
  try {
    return await decoded(Buffer.concat(chunks), String(answer.headers['content-encoding'] ?? ''), LONGEST_ANSWER_BYTES);
  } catch (error) {
    throw error instanceof AnswerTooLong ? tooLong() : error;
  }
}

function abandon({ body }: Dispatcher.ResponseData): void {
  body.on('error', () => undefined).destroy();
}

function tooLong(): ProviderError {
  return new ProviderError(
    'The OpenID provider sent an answer that is too long. An administrator should check the OIDC endpoint.',
    `more than ${LONGEST_ANSWER_BYTES} bytes`,
    `more than ${LONGEST_ANSWER_BYTES} bytes`,
  );
}

// The body is decompressed by now, so its original length and encoding no longer apply.
function headersOf({ headers }: Dispatcher.ResponseData): Headers {
  const kept = Object.entries(headers).filter(([name]) => !ABOUT_THE_TRANSFER.has(name));
  return new Headers(
    kept.flatMap(([name, values]) => [values ?? []].flat().map((value): [string, string] => [name, value])),
  );
}
