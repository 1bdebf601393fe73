import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { DomainError } from './common/domain-error.js';
import { Forbidden } from './common/common.errors.js';
import { Environment } from './config/env.js';

/** GraphQL was asked in a way that it does not take. */
class WrongEntrance extends DomainError {
  readonly code = 'BAD_USER_INPUT';

  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const JSON_TYPE = /^application\/(json|graphql-response\+json)\s*(;|$)/i;

/** A GraphQL document never begins like this; Mercurius would take such a text for a parsed document and not check it. */
const JSON_DOCUMENT = /^\s*(\{\s*["}]|[["0-9-]|(true|false|null)\s*$)/;

/**
 * Guards the one way into GraphQL: POST, JSON, and from our own origin where the browser names one. A form on another
 * site can send neither JSON nor our origin (Fetch, section 3.2).
 */
export function guardGraphqlEntrance(server: FastifyInstance, environment: Environment): void {
  const isGraphql = (request: FastifyRequest) => request.url === '/graphql' || request.url.startsWith('/graphql?');

  server.addHook('onRequest', (request: FastifyRequest, reply: FastifyReply, done) => {
    if (!isGraphql(request)) return done();
    reply.header('cache-control', 'no-store');
    const { origin, 'content-type': type = '' } = request.headers;
    if (request.method !== 'POST') return done(new WrongEntrance(405, 'GraphQL is taken by POST alone.'));
    if (!JSON_TYPE.test(type))
      return done(new WrongEntrance(415, 'Send JSON, with the content type application/json.'));
    if (origin !== undefined && origin !== environment.publicUrl.origin) {
      return done(new Forbidden(`Requests of browsers are taken from ${environment.publicUrl.origin} alone.`));
    }
    done();
  });

  server.addHook('preValidation', (request, _reply, done) => {
    const { query } = (request.body ?? {}) as { query?: unknown };
    const isDocument = typeof query === 'string' && query.trim() !== '' && !JSON_DOCUMENT.test(query);
    if (!isGraphql(request) || isDocument) return done();
    done(new WrongEntrance(400, 'Send a JSON object whose "query" is a GraphQL document.'));
  });
}
