import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { errorPage } from '../http/index.js';

/** The paths of the portal's screens. Each returns the same page, so that links and reloads work. */
export const SCREENS = ['/', '/register', '/onboarding', '/logged-in', '/profile', '/administration/*'];

const LONE_FILES = ['mark.svg', 'style.css'];
/** The file names that the build produces. Any other name would get the framework's own error message. */
const ASSET_NAME = /^\w[\w.-]*$/;
const NOT_BUILT = 'The pages are not built. Run `npm run build` and start Mooring again.';

/** The folder of the built portal, found from the sources as well as from the built server. */
function builtPortal(): string {
  const folders = ['../../portal/dist', '../../../portal/dist'].map((way) => join(import.meta.dirname, way));
  return folders.find((folder) => existsSync(folder)) ?? join(import.meta.dirname, '../../portal/dist');
}

/**
 * Serves the portal: static files that call the public API. They are public, because they enforce no rule. Browsers cache
 * files with a content hash in their name forever, and revalidate the page itself.
 *
 * @param folder the folder of the built portal
 */
export async function addPortalRoutes(server: FastifyInstance, folder = builtPortal()): Promise<void> {
  await server.register(fastifyStatic, { root: folder, serve: false, preCompressed: true });
  const isBuilt = existsSync(join(folder, 'index.html'));
  for (const path of SCREENS) server.get(path, (_request, reply) => (isBuilt ? page(reply) : notBuilt(reply)));
  for (const name of LONE_FILES) {
    server.get(`/${name}`, (_request, reply) => reply.sendFile(name, { maxAge: '1h' }));
  }
  server.get<{ Params: { name: string } }>('/assets/:name', ({ params: { name } }, reply) => {
    if (!ASSET_NAME.test(name)) return reply.callNotFound();
    return reply.sendFile(`assets/${name}`, { maxAge: '365d', immutable: true });
  });
}

function page(reply: FastifyReply): FastifyReply {
  return reply.header('cache-control', 'no-cache').sendFile('index.html', { cacheControl: false });
}

function notBuilt(reply: FastifyReply): FastifyReply {
  const answer = reply.code(503).header('cache-control', 'no-store').type('text/html; charset=utf-8');
  return answer.send(errorPage(NOT_BUILT, 'SERVICE_UNAVAILABLE'));
}
