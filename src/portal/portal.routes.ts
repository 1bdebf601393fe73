import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { join } from 'node:path';

const PAGES = { '/': 'login.html', '/onboarding': 'onboarding.html', '/profile': 'profile.html' };

/** Serves the pages for people: plain files that call the public API. Open to everybody, for no rule lives in them. */
export async function addPortalRoutes(server: FastifyInstance): Promise<void> {
  await server.register(fastifyStatic, { root: join(import.meta.dirname, 'pages'), wildcard: false, index: false });
  for (const [path, page] of Object.entries(PAGES)) {
    server.get(path, (_request, reply) => reply.header('cache-control', 'no-cache').sendFile(page));
  }
}
