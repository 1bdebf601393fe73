import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Forbidden, Unauthenticated } from '../common/errors/common.errors.js';
import { mayReadMetrics, Principal } from '../access/principal.js';
import { toPublicError } from '../common/errors/public-error.js';
import { Metrics } from './metrics.js';

/**
 * `/metrics`, for Prometheus. No guard stands before a plain route: it asks itself who calls, and answers METRICS and ADMIN
 * service tokens alone.
 *
 * @param principalOf who makes a request; throws for credentials that are wrong
 */
export function addMetricsRoute(
  server: FastifyInstance,
  metrics: Metrics,
  principalOf: (request: FastifyRequest) => Promise<Principal | null>,
): void {
  server.get('/metrics', async (request, reply) => {
    try {
      const principal = await principalOf(request);
      if (!principal) throw new Unauthenticated();
      if (!mayReadMetrics(principal))
        throw new Forbidden('Metrics are available only to METRICS and ADMIN service tokens.');
      return await reply
        .header('cache-control', 'no-store')
        .type(metrics.contentType)
        .send(await metrics.text());
    } catch (error) {
      const { status, code, message } = toPublicError(error, request.id);
      if (status === 401) reply.header('www-authenticate', 'Bearer');
      return reply.code(status).header('cache-control', 'no-store').send({ code, message });
    }
  });
}

/** Counts every request by the route that takes it. */
export function countRequests(server: FastifyInstance, metrics: Metrics): void {
  server.addHook('onRequest', ({ routeOptions }, _reply, done) => {
    metrics.request(routeOptions.url ?? 'none');
    done();
  });
}
