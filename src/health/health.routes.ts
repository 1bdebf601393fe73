import type { FastifyInstance } from 'fastify';
import { Readiness, Unready } from './readiness.js';

const MESSAGES: Record<Unready, string> = {
  DATABASE_UNREADABLE: 'The database does not answer. Try again.',
  DATABASE_NOT_WRITABLE: 'The database can be read but not written: it is read-only, full, or without a quorum.',
};

/**
 * `/health/live`: the process answers. `/health/ready`: it can also read and write the database. Both are open to
 * everybody and reveal nothing else, except that servers were given different settings: a warning, because each of them works.
 */
export function addHealthRoutes(server: FastifyInstance, readiness: Readiness, isAgreed: () => boolean): void {
  server.get('/health/live', () => ({ status: 'live' }));
  server.get('/health/ready', async (_request, reply) => {
    const reason = await readiness.problem();
    if (reason === null) return { status: 'ready', ...(!isAgreed() && { warnings: ['SETTINGS_DIFFER'] }) };
    const body = { status: 'unavailable', reason, message: MESSAGES[reason] };
    return reply.code(503).header('retry-after', 5).send(body);
  });
}
