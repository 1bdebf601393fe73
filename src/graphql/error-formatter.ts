import { ExecutionResult, FormattedExecutionResult, GraphQLError, GraphQLFormattedError, GraphQLSchema } from 'graphql';
import type { HttpExchange } from '../access/access.decorators.js';
import { belowInput } from './input-paths.js';
import { AskedOperation, coercionProblems } from './coercion-problems.js';
import { MOST_TOKENS } from './query-complexity.js';
import { BadUserInput } from '../common/errors/common.errors.js';
import { messageOf, Refusal } from '../common/errors/domain-error.js';
import { toPublicError } from '../common/errors/public-error.js';
import {
  LITERAL_UNFIT,
  NO_SUCH_OPERATION,
  PARSE_FAILED,
  QueryTooComplex,
  VALIDATION_FAILED,
} from './graphql.errors.js';

const COERCION = /^Variable "\$\w+" (got invalid value|of (required|non-null) type)/;
const NAMES_ONLY = /^Field "[^"]*" (of required type|is not defined by type)/;

type ShownError = GraphQLFormattedError & { readonly status: number };

const TOO_MANY_REQUESTS = 429;

/** The parser's message for a document with too many tokens. */
const TOO_LONG = /^Syntax Error: Document contains more that \d+ tokens/;

/** The execution's message for a document without the requested operation. */
const UNKNOWN_OPERATION = /^Unknown operation named /;

/** A GraphQL request that is answered. */
export interface AnsweredRequest extends HttpExchange {
  readonly schema: GraphQLSchema;
  /** The requested operation; absent if the request was refused before its document was validated. */
  readonly asked?: AskedOperation;
}

/** Variables that do not fit their types: one refusal, which names each path and quotes no value. */
function coercionRefusal(errors: readonly GraphQLError[], { schema, asked }: AnsweredRequest): GraphQLError[] {
  const [first] = errors;
  if (!first) return [];
  const fields = asked ? coercionProblems(schema, asked) : [];
  return [new GraphQLError(first.message, { nodes: first.nodes, originalError: new BadUserInput(fields) })];
}

function requestProblem(error: GraphQLError): { message: string; code: string } {
  if (TOO_LONG.test(error.message)) return new QueryTooComplex(`more than ${MOST_TOKENS} tokens`);
  if (error.message.startsWith('Syntax Error')) return shownAs(PARSE_FAILED);
  if (UNKNOWN_OPERATION.test(error.message)) return shownAs(NO_SUCH_OPERATION);
  const quotesLiteral = error.nodes?.some((node) => node.kind.endsWith('Value')) && !NAMES_ONLY.test(error.message);
  return quotesLiteral ? shownAs(LITERAL_UNFIT) : { code: VALIDATION_FAILED.code, message: error.message };
}

function shownAs(row: Refusal): { message: string; code: string } {
  return { code: row.code, message: messageOf(row) };
}

/** Whether an error concerns the document itself: nothing of it was executed. */
function isAboutDocument(error: GraphQLError): boolean {
  return error.originalError === undefined && error.path === undefined;
}

/** The error that a resolver threw, its field paths completed; else the GraphQL error itself. */
function completed(error: GraphQLError): Error {
  const { originalError } = error;
  return originalError instanceof BadUserInput ? belowInput(originalError, error) : (originalError ?? error);
}

function formatted(error: GraphQLError, context: AnsweredRequest): ShownError {
  const { path, locations } = error;
  const places = { ...(locations && { locations }), ...(path && { path }) };
  if (isAboutDocument(error)) {
    const { message, code } = requestProblem(error);
    return { message, ...places, extensions: { code }, status: 400 };
  }
  const shown = toPublicError(completed(error), context.request.id);
  return {
    message: shown.message,
    ...places,
    extensions: { ...shown.extensions, code: shown.code },
    status: shown.status,
  };
}

/**
 * Formats every GraphQL error: parsing, validation and coercion never reach a Nest filter. Each error gets its stable code,
 * and no message quotes the input. If a field refuses, the HTTP status stays 200; a request that was not executed has
 * the status of its refusal, and one that is only rate limited is 429 with `Retry-After` (RFC 6585, section 4).
 */
export function graphqlErrorFormatter(
  execution: ExecutionResult,
  context: AnsweredRequest,
): { statusCode: number; response: FormattedExecutionResult } {
  const all = execution.errors ?? [];
  const isCoercion = ({ message }: GraphQLError) => COERCION.test(message);
  const refusal = coercionRefusal(all.filter(isCoercion), context);
  const errors = [...refusal, ...all.filter((error) => !isCoercion(error))].map((error) => formatted(error, context));
  context.request.refusalStatus = errors[0]?.status;
  const shown = errors.map(({ status: _status, ...error }) => error);
  const data = execution.data ?? null;
  return { statusCode: statusOf(errors, data !== null, context.reply), response: { data, errors: shown } };
}

function statusOf(errors: readonly ShownError[], hasData: boolean, reply: HttpExchange['reply']): number {
  const [first] = errors;
  const { retryAfterSeconds } = (first?.extensions ?? {}) as { retryAfterSeconds?: number };
  if (!hasData && first?.status === TOO_MANY_REQUESTS && retryAfterSeconds !== undefined) {
    reply.header('retry-after', retryAfterSeconds);
    return TOO_MANY_REQUESTS;
  }
  const wasExecuted = errors.some((error) => error.path !== undefined);
  return wasExecuted ? 200 : (first?.status ?? 200);
}
