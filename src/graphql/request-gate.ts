import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { execute, ExecutionResult, GraphQLError, GraphQLSchema } from 'graphql';
import { AnsweredRequest, graphqlErrorFormatter } from './error-formatter.js';
import { yieldToEventLoop } from '../common/runtime/event-loop.js';
import { DocumentRefused, ParsedDocuments } from './parsed-documents.js';
import { ForeignOrigin, GraphqlNeedsJson, GraphqlNeedsPost } from './graphql.errors.js';
import { graphqlRequestOf } from './request-body.js';

/** The schema that is served, and the origin that may use it. */
export interface RequestGate {
  readonly path: string;
  readonly schema: GraphQLSchema;
  readonly documents: ParsedDocuments;
  /** The origin of the portal; read at each request. */
  readonly ownOrigin: () => string;
}

const JSON_TYPE = /^application\/(json|graphql-response\+json)\s*(;|$)/i;
const OTHER_METHODS = ['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/**
 * The only entrance to GraphQL: POST, JSON, and our own origin if the browser sends an `Origin`. A form on another site can
 * send neither JSON nor our origin (Fetch, section 3.2). The checks are hooks of the routes, so they apply however a request
 * spells the path (RFC 9112, section 3.2.2; RFC 3986, section 6.2.2.2). graphql-js parses and executes the document;
 * nothing compiles it.
 */
export async function addRequestGate(server: FastifyInstance, entrance: RequestGate): Promise<void> {
  await server.register((scope, _options, done) => {
    const { path, schema } = entrance;
    addGuard(scope, entrance);
    scope.setErrorHandler((error, request, reply) => refuse(error, { schema, request, reply }));
    scope.route({ method: OTHER_METHODS, url: path, handler: refuseMethod });
    // Measured under load, requests that proceed in step cost half as much, probably because each step finds its code and
    // data in the processor's caches, and a client that waits for many responses wakes up only once.
    const inStep = { preHandler: () => yieldToEventLoop() };
    scope.post(path, inStep, (request, reply) => answer(entrance, request, reply));
    done();
  });
}

/** Never reached by a request: the guard rejects it first. */
function refuseMethod(): never {
  throw new GraphqlNeedsPost();
}

function addGuard(scope: FastifyInstance, { ownOrigin }: RequestGate): void {
  scope.addHook('onRequest', (request, reply, done) => {
    reply.header('cache-control', 'no-store');
    done(refusalOf(request, reply, ownOrigin()));
  });
}

function refusalOf({ method, headers }: FastifyRequest, reply: FastifyReply, ownOrigin: string): Error | undefined {
  const { origin, 'content-type': type = '' } = headers;
  if (method !== 'POST') {
    // RFC 9110, section 15.5.6.
    reply.header('allow', 'POST');
    return new GraphqlNeedsPost();
  }
  if (!JSON_TYPE.test(type)) return new GraphqlNeedsJson();
  if (origin === undefined || origin === ownOrigin) return undefined;
  return new ForeignOrigin(ownOrigin);
}

async function answer(
  { schema, documents }: RequestGate,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  const { query, operationName, variables } = graphqlRequestOf(request.body);
  const document = documents.read(query, operationName);
  const result = await execute({
    schema,
    document,
    operationName,
    contextValue: { request, reply },
    variableValues: variables,
  });
  return result.errors
    ? shown(result, { schema, request, reply, asked: { document, operationName, variables } })
    : result;
}

function refuse(error: unknown, answered: AnsweredRequest): unknown {
  const errors = error instanceof DocumentRefused ? error.errors : [graphqlErrorOf(error)];
  return answered.reply.send(shown({ errors }, answered));
}

function shown(result: ExecutionResult, answered: AnsweredRequest): unknown {
  const { statusCode, response } = graphqlErrorFormatter(result, answered);
  answered.reply.code(statusCode);
  return response;
}

function graphqlErrorOf(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  const originalError = error instanceof Error ? error : new Error(typeof error);
  return new GraphQLError(originalError.message, { originalError });
}
