import type { FastifyInstance } from 'fastify';
import type { DataSource } from 'typeorm';

/**
 * `/health/live`: the process answers. `/health/ready`: it can do its work, for the database answers too. Both are open
 * to everybody and tell nothing else.
 */
export function addHealthRoutes(server: FastifyInstance, database: DataSource): void {
  server.get('/health/live', () => ({ status: 'live' }));
  server.get('/health/ready', async (_request, reply) => {
    try {
      await database.query('SELECT 1');
      return { status: 'ready' };
    } catch {
      return reply
        .code(503)
        .header('retry-after', 5)
        .send({ status: 'unavailable', message: 'The database does not answer. Try again.' });
    }
  });
}
