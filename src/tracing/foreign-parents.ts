import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { loadDotEnv } from '../config/dot-env.js';
import { readEnvironment } from '../config/env.js';
import { TrustedProxies, trustedPeersOf } from '../config/trusted-proxies.js';

/** The headers by which a request joins a trace (W3C Trace Context). */
const HEADERS = ['traceparent', 'tracestate', 'baggage'];

/**
 * Lets only proxies that `TRUST_PROXY` covers continue their traces here: a stranger could have all of their requests sampled, or
 * make them parts of others' traces.
 */
export function dropForeignParents(): void {
  const isTrusted = trustedPeersOf(trustedProxies());
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { readonly request: IncomingMessage };
    if (isTrusted(request.socket.remoteAddress)) return;
    for (const name of HEADERS) delete request.headers[name];
  });
}

function trustedProxies(): TrustedProxies {
  try {
    loadDotEnv();
    return readEnvironment().trustedProxies;
  } catch {
    // The server says what is wrong when it reads the same.
    return [];
  }
}
