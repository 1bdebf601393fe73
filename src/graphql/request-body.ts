import { BadGraphqlRequest } from './graphql.errors.js';

/** A GraphQL request whose outer form is valid; its document is not parsed yet. */
export interface GraphqlRequest {
  readonly query: string;
  readonly operationName: string | null | undefined;
  readonly variables: Readonly<Record<string, unknown>> | null | undefined;
}

/** A GraphQL document never begins like JSON; such a text is a whole request, or a syntax tree, put into `query`. */
const JSON_DOCUMENT = /^\s*(\{\s*["}]|[["0-9-]|(true|false|null)\s*$)/;

const isAbsent = (value: unknown) => value === undefined || value === null;
const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isDocument = (query: unknown) => typeof query === 'string' && query.trim() !== '' && !JSON_DOCUMENT.test(query);

/**
 * Reads the body of a request (GraphQL over HTTP, "Request parameters"). Other members are ignored.
 *
 * @throws {BadGraphqlRequest}
 */
export function graphqlRequestOf(body: unknown): GraphqlRequest {
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
