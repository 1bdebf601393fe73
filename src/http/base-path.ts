import type { FastifyInstance } from 'fastify';
import type { IncomingMessage } from 'node:http';

/** The scheme and host of a request target in absolute form (RFC 9112, section 3.2.2). */
const ABSOLUTE = /^https?:\/\/[^/?#]*/i;

/**
 * A request target below a base path, as a target of ours: `/mooring/profile` becomes `/profile`. Any other target stays as
 * it is, also `/mooringx`. The base path may be percent-encoded, as paths of routes may (RFC 3986, section 6.2.2.2); an
 * encoded slash separates nothing.
 */
export function withoutBasePath(basePath: string, target: string): string {
  const [, path = '', rest = ''] = /^([^?#]*)(.*)$/s.exec(target.replace(ABSOLUTE, '')) ?? [];
  const [base, given] = [basePath.split('/'), path.split('/')];
  const isBelow = base.every((segment, index) => decoded(given[index]) === segment);
  return isBelow ? `/${given.slice(base.length).join('/')}${rest}` : target;
}

function decoded(segment: string | undefined): string | undefined {
  if (!segment?.includes('%')) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}

/**
 * What the web server does with request targets where the public URL has a path: before a route is looked for, it removes
 * that path, once. So proxies that pass it on and proxies that remove it both work, and probes need no path. No route begins
 * with a base path.
 */
export function rewriteBelow(basePath: string): { readonly rewriteUrl?: (request: IncomingMessage) => string } {
  return basePath === '' ? {} : { rewriteUrl: ({ url = '/' }) => withoutBasePath(basePath, url) };
}

/** Redirects to paths of ours lead below the base path: its other direction. */
export function redirectBelow(server: FastifyInstance, basePath: string): void {
  if (basePath === '') return;
  server.addHook('onSend', (_request, reply, _payload, done) => {
    const location = reply.getHeader('location');
    if (typeof location === 'string' && location.startsWith('/')) reply.header('location', basePath + location);
    done();
  });
}
