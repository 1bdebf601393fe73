import type { FastifyInstance } from 'fastify';
import type { IncomingMessage } from 'node:http';
import { randomUUID } from 'node:crypto';
import { TrustedProxies, trustedPeersOf } from '../config/trusted-proxies.js';

const HEADER = 'x-request-id';
/** At most as long as the audit log stores, and of characters that need no quoting in a log, a header or a shell. */
const FORM = /^[\w.:+=@/-]{1,64}$/;

/**
 * What names a request: the `X-Request-Id` of a proxy that `TRUST_PROXY` covers, if it has the form of one, so that its log
 * and ours can be joined; else an id of our own. A stranger's is never taken over: they could let many requests look like one.
 */
export function requestIdsOf(proxies: TrustedProxies): (request: IncomingMessage) => string {
  if (Array.isArray(proxies) && proxies.length === 0) return () => randomUUID();
  const isTrusted = trustedPeersOf(proxies);
  return ({ headers, socket }) => {
    const given = headers[HEADER];
    const isUsable = typeof given === 'string' && FORM.test(given) && isTrusted(socket.remoteAddress);
    return isUsable ? given : randomUUID();
  };
}

/** Sends an id that was taken over back to the proxy. Without a trusted proxy there is none, and the hook is not added. */
export function returnRequestIds(server: FastifyInstance, proxies: TrustedProxies): void {
  if (proxies === 0 || (Array.isArray(proxies) && proxies.length === 0)) return;
  server.addHook('onRequest', (request, reply, done) => {
    if (request.headers[HEADER] === request.id) reply.header(HEADER, request.id);
    done();
  });
}
