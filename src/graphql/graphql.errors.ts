import { Refusal, refusal } from '../common/errors/domain-error.js';

/** The body of a GraphQL request has the wrong form. */
export class BadGraphqlRequest extends refusal({
  code: 'BAD_USER_INPUT',
  status: 400,
  fact: 'The body is not a GraphQL request.',
  hint: 'Send a JSON object whose "query" is a GraphQL document.',
}) {
  constructor(message?: string) {
    super({ message });
  }
}

/** A GraphQL request was not sent with POST. */
export class GraphqlNeedsPost extends refusal({
  code: 'BAD_USER_INPUT',
  status: 405,
  fact: 'Method not allowed for GraphQL.',
  hint: 'Use POST for GraphQL.',
}) {}

/** A GraphQL request was not sent as JSON. */
export class GraphqlNeedsJson extends refusal({
  code: 'BAD_USER_INPUT',
  status: 415,
  fact: 'A GraphQL request must be JSON.',
  hint: 'Send JSON, with the content type application/json.',
}) {}

/** A browser sent a GraphQL request from a page of another origin. */
export class ForeignOrigin extends refusal({
  code: 'FORBIDDEN',
  status: 403,
  fact: 'Browser requests are accepted only from {origin}.',
  hint: 'Open the portal there, or check PUBLIC_URL.',
  carries: { publicUrl: 'the address of the portal' },
}) {
  override readonly extensions: { readonly publicUrl: string };

  /** @param address the origin of the portal, with the path that the public URL may have */
  constructor(address: string) {
    super({ values: { origin: address } });
    this.extensions = { publicUrl: address };
  }
}

/** A GraphQL document asks for too much at once; nothing of it was executed. */
export class QueryTooComplex extends refusal({
  code: 'QUERY_TOO_COMPLEX',
  status: 400,
  fact: 'The document asks for too much at once: {excess}.',
  hint: 'Ask for less, or in several requests.',
}) {
  /** @param excess what it asks for, such as `more than 2000 tokens` */
  constructor(excess: string) {
    super({ values: { excess } });
  }
}

/** The document is not GraphQL. */
export const PARSE_FAILED: Refusal = {
  code: 'GRAPHQL_PARSE_FAILED',
  status: 400,
  fact: 'The document is not valid GraphQL.',
  hint: 'See the location.',
};

/** A literal in the document does not fit its type; the message does not quote it. */
export const LITERAL_UNFIT: Refusal = {
  code: 'GRAPHQL_VALIDATION_FAILED',
  status: 400,
  fact: 'A literal does not fit its type.',
  hint: 'See the location.',
};

/** The document has no operation with the requested name. */
export const NO_SUCH_OPERATION: Refusal = {
  code: 'GRAPHQL_VALIDATION_FAILED',
  status: 400,
  fact: 'The document has no operation of the name that was sent.',
  hint: 'Correct "operationName".',
};

/** The document does not fit the schema; the response has the message of graphql-js, which names the place. */
export const VALIDATION_FAILED: Refusal = {
  code: 'GRAPHQL_VALIDATION_FAILED',
  status: 400,
  fact: 'The document does not fit the schema.',
  hint: 'The message names the place.',
};
