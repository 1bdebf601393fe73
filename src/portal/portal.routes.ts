import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { builtPortal, errorPage, portalPageIn } from '../http/index.js';

/** The paths of the portal's screens. Each returns the same page, so that links and reloads work. */
export const SCREENS = [
  '/',
  '/register',
  '/onboarding',
  '/logged-in',
  '/test-login',
  '/profile',
  '/administration',
  '/administration/*',
];

const LONE_FILES = ['mark.svg', 'style.css'];
/** The file names that the build produces. Any other name would get the framework's own error message. */
const ASSET_NAME = /^\w[\w.-]*$/;
const NOT_BUILT = {
  title: 'No portal',
  message: 'The pages are not built. Run `npm run build` and start Mooring again.',
  code: 'SERVICE_UNAVAILABLE',
};

/** What the routes of the portal serve. */
interface PortalParts {
  /** The folder of the built portal. */
  readonly folder?: string;
  /** The path of the public URL, without a slash at its end. */
  readonly basePath?: string;
}

/**
 * Serves the portal: static files that call the public API. They are public, because they enforce no rule. Browsers cache
 * files with a content hash in their name forever, and revalidate the page itself.
 */
export async function addPortalRoutes(server: FastifyInstance, parts: PortalParts = {}): Promise<void> {
  const { folder = builtPortal(), basePath = '' } = parts;
  await server.register(fastifyStatic, { root: folder, serve: false, preCompressed: true });
  const answer = pageIn(folder, basePath);
  for (const path of SCREENS) server.get(path, (_request, reply) => answer(reply));
  for (const name of LONE_FILES) {
    server.get(`/${name}`, (_request, reply) => reply.sendFile(name, { maxAge: '1h' }));
  }
  server.get<{ Params: { name: string } }>('/assets/:name', ({ params: { name } }, reply) => {
    if (!ASSET_NAME.test(name)) return reply.callNotFound();
    return reply.sendFile(`assets/${name}`, { maxAge: '365d', immutable: true });
  });
}

/** The answer at every screen. */
function pageIn(folder: string, basePath: string): (reply: FastifyReply) => FastifyReply {
  const page = portalPageIn(folder, basePath);
  if (page === null) return (reply) => notBuilt(reply, basePath);
  if (basePath === '') return (reply) => uncached(reply).sendFile('index.html', { cacheControl: false });
  return (reply) => uncached(reply).type('text/html; charset=utf-8').send(page);
}

function uncached(reply: FastifyReply): FastifyReply {
  return reply.header('cache-control', 'no-cache');
}

function notBuilt(reply: FastifyReply, basePath: string): FastifyReply {
  const answer = reply.code(503).header('cache-control', 'no-store').type('text/html; charset=utf-8');
  return answer.send(errorPage(NOT_BUILT, basePath));
}
