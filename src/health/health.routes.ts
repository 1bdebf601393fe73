import type { FastifyInstance } from 'fastify';
import { Readiness, UNREADY_MESSAGES } from './readiness.js';

/**
 * `/health/live`: the process answers. `/health/ready`: it can also read and write the database. Both are open to
 * everybody and reveal nothing else, except that servers were given different settings: a warning, because each of them works.
 */
export function addHealthRoutes(server: FastifyInstance, readiness: Readiness, isAgreed: () => boolean): void {
  server.get('/health/live', () => ({ status: 'live' }));
  server.get('/health/ready', async (_request, reply) => {
    const reason = await readiness.problem();
    if (reason === null) return { status: 'ready', ...(!isAgreed() && { warnings: ['SETTINGS_DIFFER'] }) };
    const body = { status: 'unavailable', reason, message: UNREADY_MESSAGES[reason] };
    return reply.code(503).header('retry-after', 5).send(body);
  });
}
