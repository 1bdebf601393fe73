import { LookupFunction } from 'node:net';
import * as tls from 'node:tls';
import { Agent, fetch as undiciFetch, RequestInit as UndiciRequest, Response as UndiciResponse } from 'undici';
import { isLinkLocal, linkLocalRefused, lookupBeyondLinkLocal } from './link-local.js';
import { asProviderFailure, isSilence } from './provider-failure.js';
import type { ExchangeOutcome } from './provider-settings.js';
import { ProviderError, ProviderUnavailable } from './provider.errors.js';

/** How long one exchange with the provider may take, the answer's body included, in milliseconds. */
export const EXCHANGE_DEADLINE_MS = 10_000;

/** The longest answer that is read, in bytes after decompression. */
export const LONGEST_ANSWER_BYTES = 1_000_000;

// A client that was replaced is not asked again: its idle connections end by themselves within this time.
const KEEP_ALIVE_MS = 4_000;

// A process that stood still finds its timers due before it finds what its sockets hold: so long it looks there first.
const STOOD_STILL_MS = 1_000;

// Many grants may be due at once; a provider should not meet them all in the same moment.
const MOST_CONNECTIONS = 128;

/** What the connections to one provider are made with. */
export interface BoundedFetchOptions {
  readonly verifyCertificate: boolean;
  /** PEM certificates that are trusted beside the system's own. */
  readonly caCertificates: string | null;
  /** For one exchange as a whole, in milliseconds; {@link EXCHANGE_DEADLINE_MS} if not given. */
  readonly deadlineMs?: number;
  /** Finds the addresses of a name; by default the system's look-up without link-local addresses. */
  readonly lookup?: LookupFunction;
  /** Is told how each exchange ended. */
  readonly noteExchange?: (outcome: ExchangeOutcome) => void;
}

/** The part of a request that openid-client and jose send along. */
export interface BoundedRequest {
  readonly method: string;
  readonly headers: Headers | Record<string, string>;
  readonly body?: unknown;
  readonly signal?: AbortSignal | null;
  /** For this exchange alone, in milliseconds; that of the connections if not given. */
  readonly deadlineMs?: number;
}

/** A fetch for one provider, and the connections beneath it. */
export interface BoundedFetch {
  /**
   * Asks the provider and reads the whole answer. Throws {@link ProviderUnavailable} when there is none in time,
   * {@link ProviderError} for a redirect, an answer over {@link LONGEST_ANSWER_BYTES}, a certificate that is not trusted
   * or a link-local address.
   */
  readonly fetch: (url: string, request: BoundedRequest) => Promise<Response>;
  /**
   * Ends the connections when the requests that run on them are done. A request that begins later still works, on a
   * connection of its own: closing never breaks an exchange of several requests.
   */
  readonly close: () => Promise<void>;
}

/** Builds the only way by which the provider is spoken to: its CA certificates and "verify off" apply to nothing else. */
export function boundedFetch(options: BoundedFetchOptions): BoundedFetch {
  let agent: Agent | undefined;
  const deadlineMs = options.deadlineMs ?? EXCHANGE_DEADLINE_MS;
  return {
    async fetch(url, request) {
      agent ??= agentFor(options);
      try {
        const answer = await exchange(url, request, agent, request.deadlineMs ?? deadlineMs);
        options.noteExchange?.(outcomeOf(answer));
        return answer;
      } catch (error) {
        const failure = asProviderFailure(error);
        options.noteExchange?.(failure instanceof ProviderUnavailable ? 'UNAVAILABLE' : 'REFUSED');
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

function agentFor({ verifyCertificate, caCertificates, lookup }: BoundedFetchOptions): Agent {
  const secureContext = caCertificates === null ? undefined : contextTrusting(caCertificates);
  return new Agent({
    connections: MOST_CONNECTIONS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
    connect: { lookup: lookup ?? lookupBeyondLinkLocal(), rejectUnauthorized: verifyCertificate, secureContext },
  });
}

// `ca` replaces what Node trusts, so that is named too; Node 20 has no list that holds NODE_EXTRA_CA_CERTS.
function contextTrusting(caCertificates: string): tls.SecureContext {
  const newer = tls as { getCACertificates?: (type: 'default') => readonly string[] };
  const trusted = newer.getCACertificates?.('default') ?? tls.rootCertificates;
  return tls.createSecureContext({ ca: [...trusted, caCertificates] });
}

async function exchange(url: string, request: BoundedRequest, agent: Agent, deadlineMs: number): Promise<Response> {
  if (isLinkLocal(new URL(url).hostname)) throw linkLocalRefused();
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

/** Aborts after a time in which the process ran: an answer that came while it stood still is read, not thrown away. */
function deadlineAfter(milliseconds: number): { readonly signal: AbortSignal; clear(): void } {
  const aborting = new AbortController();
  const abort = () => aborting.abort(new DOMException('The deadline is over.', 'TimeoutError'));
  const due = performance.now() + milliseconds;
  let timer = setTimeout(() => {
    if (performance.now() < due + STOOD_STILL_MS) abort();
    else timer = setTimeout(abort, STOOD_STILL_MS);
  }, milliseconds);
  return { signal: aborting.signal, clear: () => clearTimeout(timer) };
}

function refuseRedirect(answer: UndiciResponse): void {
  if (answer.status < 300 || answer.status > 399) return;
  abandon(answer);
  throw new ProviderError(
    'The OpenID provider redirects where it must answer. An administrator should check the OIDC endpoint.',
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
  );
}

// The body is decompressed by now: its former length and encoding would be lies.
function headersOf(answer: UndiciResponse): Headers {
  const headers = new Headers([...answer.headers]);
  for (const name of ['content-encoding', 'content-length', 'transfer-encoding']) headers.delete(name);
  return headers;
}
