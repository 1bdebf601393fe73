import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { errorPage } from '../http/index.js';

/** The addresses of the portal's screens. Each answers with the same page, so that a link or a reload leads back. */
export const SCREENS = ['/', '/register', '/onboarding', '/logged-in', '/profile', '/administration/*'];

const LONE_FILES = ['mark.svg', 'style.css'];
/** How the build names its parts. What else is asked for would be refused in the words of the framework. */
const ASSET_NAME = /^\w[\w.-]*$/;
const NOT_BUILT = 'The pages are not built. Run `npm run build` and start Mooring again.';

/** Where the build of the portal lies, seen from the sources as well as from the built server. */
function builtPortal(): string {
  const folders = ['../../portal/dist', '../../../portal/dist'].map((way) => join(import.meta.dirname, way));
  return folders.find((folder) => existsSync(folder)) ?? join(import.meta.dirname, '../../portal/dist');
}

/**
 * Serves the pages for people: static files that call the public API. Open to everybody, for no rule lives in them.
 * What is named by its content is kept by browsers forever, the page itself is asked for anew.
 *
 * @param folder where the built portal lies
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
