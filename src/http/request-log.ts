import type { FastifyInstance, FastifyRequest } from 'fastify';

/** The path of a request for people who read the log, without host, query and fragment. Nothing is decided by it. */
function pathOf({ url }: FastifyRequest): string {
  return url.replace(/^https?:\/\/[^/?#]*/i, '').replace(/[?#].*/s, '');
}

/** What a log line says of a request: no query string, for authorization codes travel in it, no headers and no body. */
export const REQUEST_SERIALIZERS = {
  req: (request: FastifyRequest) => {
    const { id, method, ip } = request;
    return { id, method, path: pathOf(request), remoteAddress: ip };
  },
};

/** One line a request, at the level debug and below: to wait for the end of every answer has its price. */
export function addRequestLog(server: FastifyInstance): void {
  server.addHook('onResponse', (request, reply, done) => {
    request.log.debug({ req: request, status: reply.statusCode, milliseconds: reply.elapsedTime }, 'request answered');
    done();
  });
}
