import type { FastifyInstance } from 'fastify';
import { Readiness, UNREADY_MESSAGES } from './readiness.js';

/**
 * `/health/live`: the process answers. `/health/ready`: it can also read and write the database. `/health/forwarding`: whether
 * the header in which a proxy names the client of this request is read, for `mooring doctor`. They are open to everybody and
 * reveal nothing else, except that servers were given different settings: a warning, because each of them works. Whether a header is
 * read is told to whoever sends one, because throttling shows them the same after a few wrong passwords; no address is told, and the
 * doctor has to ask on the way of clients, also where it has neither database nor keys.
 */
export function addHealthRoutes(server: FastifyInstance, readiness: Readiness, isAgreed: () => boolean): void {
  server.get('/health/live', () => ({ status: 'live' }));
  server.get('/health/forwarding', ({ headers, ips }, reply) => {
    void reply.header('cache-control', 'no-store');
    return forwardingOf(headers, ips);
  });
  server.get('/health/ready', async (_request, reply) => {
    const reason = await readiness.problem();
    if (reason === null) return { status: 'ready', ...(!isAgreed() && { warnings: ['SETTINGS_DIFFER'] }) };
    const body = { status: 'unavailable', reason, message: UNREADY_MESSAGES[reason] };
    return reply.code(503).header('retry-after', 5).send(body);
  });
}

/** Whether a client is named in a header, and how many addresses that says, the peer included; no address is told. */
function forwardingOf(headers: Readonly<Record<string, unknown>>, hops: readonly string[] = []) {
  const isGiven = 'x-forwarded-for' in headers || 'forwarded' in headers;
  return { forwarded: !isGiven ? 'NONE' : hops.length > 1 ? 'READ' : 'UNREAD', hops: Math.max(1, hops.length) };
}
