import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Forbidden, Unauthenticated } from '../common/errors/common.errors.js';
import { mayReadMetrics, Principal } from '../access/principal.js';
import { toPublicError } from '../common/errors/public-error.js';
import { Metrics } from './metrics.js';

/**
 * `/metrics`, for Prometheus. Guards do not cover plain routes, so it authenticates the caller itself; only METRICS and
 * ADMIN service tokens may read it.
 *
 * @param principalOf returns the principal of a request; throws for wrong credentials
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

/** Counts every request by its route. */
export function countRequests(server: FastifyInstance, metrics: Metrics): void {
  server.addHook('onRequest', ({ routeOptions }, _reply, done) => {
    metrics.request(routeOptions.url ?? 'none');
    done();
  });
}
