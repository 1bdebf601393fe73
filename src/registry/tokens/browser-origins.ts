import type { FastifyInstance } from 'fastify';

/** The origins whose scripts may ask for registry tokens, now. */
export type BrowserOrigins = () => Promise<readonly string[]>;

const PREFLIGHT_SECONDS = 600;
const METHODS = 'GET, POST';
const REQUEST_HEADERS = 'authorization, content-type';
const ANSWER_HEADERS = 'WWW-Authenticate, Retry-After';

/**
 * Lets scripts of some origins read the answers of the routes of this scope (Fetch Standard, "CORS protocol"): registry user
 * interfaces that ask for tokens in the browser. Only exact origins, and never with cookies, which these routes ignore.
 */
export function allowOrigins(scope: FastifyInstance, path: string, origins: BrowserOrigins): void {
  scope.addHook('onRequest', async ({ headers: { origin } }, reply) => {
    // Also where nothing is allowed, because caches must not give one origin the answer to another.
    reply.header('vary', 'Origin');
    if (origin === undefined || !(await origins()).includes(origin)) return;
    reply.header('access-control-allow-origin', origin).header('access-control-expose-headers', ANSWER_HEADERS);
  });
  scope.options(path, async (_request, reply) => {
    if (reply.hasHeader('access-control-allow-origin')) {
      reply.header('access-control-allow-methods', METHODS).header('access-control-allow-headers', REQUEST_HEADERS);
      reply.header('access-control-max-age', PREFLIGHT_SECONDS);
    }
    return reply.code(204).header('cache-control', 'no-store').send();
  });
}
