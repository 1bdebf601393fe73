import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { execute, ExecutionResult, GraphQLError, GraphQLSchema } from 'graphql';
import { AnsweredRequest, graphqlErrorFormatter } from './error-formatter.js';
import { Arrivals } from '../common/runtime/arrivals.js';
import { yieldToEventLoop } from '../common/runtime/event-loop.js';
import { namedScope } from '../common/runtime/named-scope.js';
import type { Environment } from '../config/env.js';
import { publicAddressOf } from '../config/public-urls.js';
import { DocumentRefused, ParsedDocuments } from './parsed-documents.js';
import { BadGraphqlRequest, ForeignOrigin, GraphqlNeedsJson, GraphqlNeedsPost } from './graphql.errors.js';

/** The schema that is served, and the origin that may use it. */
export interface RequestGate {
  readonly path: string;
  readonly schema: GraphQLSchema;
  readonly documents: ParsedDocuments;
  /** Names the public URL, whose origin is the portal's; read at each request. */
  readonly environment: Pick<Environment, 'publicUrl'>;
}

/** A GraphQL request whose outer form is valid; its document is not parsed yet. */
interface GraphqlRequest {
  readonly query: string;
  readonly operationName: string | null | undefined;
  readonly variables: Readonly<Record<string, unknown>> | null | undefined;
}

const JSON_TYPE = /^application\/(json|graphql-response\+json)\s*(;|$)/i;
const OTHER_METHODS = ['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** A GraphQL document never begins like JSON; such a text is a whole request, or a syntax tree, put into `query`. */
const JSON_DOCUMENT = /^\s*(\{\s*["}]|[["0-9-]|(true|false|null)\s*$)/;

const isAbsent = (value: unknown) => value === undefined || value === null;
const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isDocument = (query: unknown) => typeof query === 'string' && query.trim() !== '' && !JSON_DOCUMENT.test(query);

/**
 * The only entrance to GraphQL: POST, JSON, and our own origin if the browser sends an `Origin`. A form on another site can
 * send neither JSON nor our origin (Fetch, section 3.2). The checks are hooks of the routes, so they apply however a request
 * spells the path (RFC 9112, section 3.2.2; RFC 3986, section 6.2.2.2). graphql-js parses and executes the document;
 * nothing compiles it.
 */
export async function addRequestGate(server: FastifyInstance, entrance: RequestGate): Promise<void> {
  const routes = namedScope('graphql', (scope, _options, done) => {
    const { path, schema } = entrance;
    addGuard(scope, entrance);
    scope.setErrorHandler((error, request, reply) => refuse(error, { schema, request, reply }));
    scope.route({ method: OTHER_METHODS, url: path, handler: refuseMethod });
    // Measured under load, requests that proceed in step cost half as much, probably because each step finds its code and
    // data in the processor's caches, and a client that waits for many responses wakes up only once. One that comes alone
    // does not wait.
    const arrivals = new Arrivals();
    const inStep = {
      preHandler: (_request: FastifyRequest, _reply: FastifyReply, proceed: () => void) =>
        void (arrivals.noteOne() ? proceed() : yieldToEventLoop().then(proceed)),
    };
    scope.post(path, inStep, (request, reply) => answer(entrance, request, reply));
    done();
  });
  await server.register(routes);
}

/** Never reached by a request: the guard rejects it first. */
function refuseMethod(): never {
  throw new GraphqlNeedsPost();
}

function addGuard(scope: FastifyInstance, { environment }: RequestGate): void {
  let isTold = false;
  scope.addHook('onRequest', (request, reply, done) => {
    reply.header('cache-control', 'no-store');
    const refused = refusalOf(request, reply, environment);
    if (!isTold && refused instanceof ForeignOrigin && isOwnPage(request)) {
      isTold = true;
      request.log.warn(
        `A browser opened the portal at another address: open the portal at ${publicAddressOf(environment)}, or set PUBLIC_URL.`,
      );
    }
    done(refused);
  });
}

/** Whether the page comes from the address that it asks: it is the portal, opened at an address that is not its own. */
function isOwnPage({ headers: { origin = '', host } }: FastifyRequest): boolean {
  return URL.canParse(origin) && new URL(origin).host === host;
}

function refusalOf(
  { method, headers }: FastifyRequest,
  reply: FastifyReply,
  environment: RequestGate['environment'],
): Error | undefined {
  const { origin, 'content-type': type = '' } = headers;
  if (method !== 'POST') {
    // RFC 9110, section 15.5.6.
    reply.header('allow', 'POST');
    return new GraphqlNeedsPost();
  }
  if (!JSON_TYPE.test(type)) return new GraphqlNeedsJson();
  // An origin has no path: neighbours on our host share ours.
  if (origin === undefined || origin === environment.publicUrl.origin) return undefined;
  return new ForeignOrigin(publicAddressOf(environment));
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

/**
 * Reads the body of a request (GraphQL over HTTP, "Request parameters"). Other members are ignored.
 *
 * @throws {BadGraphqlRequest}
 */
function graphqlRequestOf(body: unknown): GraphqlRequest {
  const { query, operationName, variables } = (body ?? {}) as Record<string, unknown>;
  if (!isDocument(query)) throw new BadGraphqlRequest();
  if (!isAbsent(operationName) && typeof operationName !== 'string') {
    throw new BadGraphqlRequest('The "operationName" must be a string.');
  }
  if (!isAbsent(variables) && !isObject(variables)) {
    throw new BadGraphqlRequest('The "variables" must be a JSON object.');
  }
  return { query, operationName, variables } as GraphqlRequest;
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
