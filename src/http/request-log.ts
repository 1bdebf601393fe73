import type { FastifyInstance, FastifyRequest } from 'fastify';

/** The path of a request without host, query and fragment. It is only for the log; no decision depends on it. */
function pathOf({ url }: FastifyRequest): string {
  return url.replace(/^https?:\/\/[^/?#]*/i, '').replace(/[?#].*/s, '');
}

/** The log fields of a request: no query string, because it can hold an authorization code, no headers and no body. */
function fieldsOf(request: FastifyRequest) {
  const { id, method, ip } = request;
  return { requestId: id, method, path: pathOf(request), remoteAddress: ip };
}

/** What the lines of the web server itself hold of a request. */
export const REQUEST_SERIALIZERS = { req: fieldsOf };

/** Logs one line per request. Only added at the levels debug and trace, because a hook on every response costs time. */
export function addRequestLog(server: FastifyInstance): void {
  server.addHook('onResponse', (request, reply, done) => {
    const answer = { status: reply.statusCode, milliseconds: reply.elapsedTime };
    request.log.debug({ ...fieldsOf(request), ...answer }, 'request answered');
    done();
  });
}
