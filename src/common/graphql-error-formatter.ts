import {
  ExecutionResult,
  FormattedExecutionResult,
  GraphQLError,
  GraphQLFormattedError,
  GraphQLSchema,
  isInputObjectType,
} from 'graphql';
import type { MercuriusContext } from 'mercurius';
import { BadUserInput } from './common.errors.js';
import { toPublicError } from './public-error.js';

const COERCION = /^Variable "\$(?<variable>\w+)" (got invalid value|of (required|non-null) type)/;
const NAMES_ONLY = /^(Field "[^"]*" (of required type|is not defined by type)|Enum "|Value "[^"]*" does not exist)/;

interface WrappedErrors {
  readonly errors?: readonly unknown[];
}

function withoutWrapping(error: GraphQLError): readonly GraphQLError[] {
  const wrapped = (error.originalError as WrappedErrors | undefined)?.errors;
  return wrapped?.every((inner) => inner instanceof GraphQLError) ? wrapped : [error];
}

function namesOfInputFields(schema: GraphQLSchema): ReadonlySet<string> {
  const inputs = Object.values(schema.getTypeMap()).filter(isInputObjectType);
  return new Set(inputs.flatMap((input) => Object.keys(input.getFields())));
}

/** The path that graphql-js names at the end of its message; only words of the schema, for the rest is the input. */
function pathIn(message: string, variable: string, schema: GraphQLSchema): string[] {
  const [, path] = /^.* at "([\w.[\]]+)"; /s.exec(message) ?? [];
  const steps = path?.split(/[.[\]]+/).filter((step) => step !== '') ?? [];
  const names = namesOfInputFields(schema);
  const isPath = steps[0] === variable && steps.slice(1).every((step) => /^\d+$/.test(step) || names.has(step));
  return isPath ? steps : [variable];
}

/** A variable that does not fit its type. graphql-js quotes the whole of it, passwords included: only its path is kept. */
function coercionProblem(error: GraphQLError, schema: GraphQLSchema): BadUserInput | undefined {
  const variable = COERCION.exec(error.message)?.groups?.variable;
  if (variable === undefined) return undefined;
  const path = pathIn(error.message, variable, schema);
  const message = 'is missing or does not fit its type; see the schema.';
  return new BadUserInput([{ path, code: 'WRONG_TYPE', message }]);
}

function requestProblem(error: GraphQLError): { message: string; code: string } {
  if (error.message.startsWith('Syntax Error')) {
    return { code: 'GRAPHQL_PARSE_FAILED', message: 'The document is not valid GraphQL; see the location.' };
  }
  const quotesLiteral = error.nodes?.some((node) => node.kind.endsWith('Value')) && !NAMES_ONLY.test(error.message);
  const message = quotesLiteral ? 'A literal does not fit its type; see the location.' : error.message;
  return { code: 'GRAPHQL_VALIDATION_FAILED', message };
}

/** Whether an error speaks about the document that was sent: nothing of it was executed. */
function isAboutDocument(error: GraphQLError): boolean {
  return error.originalError === undefined && error.path === undefined;
}

function formatted(error: GraphQLError, context: MercuriusContext): GraphQLFormattedError & { status: number } {
  const { path, locations } = error;
  const places = { ...(locations && { locations }), ...(path && { path }) };
  const coercion = coercionProblem(error, context.app.graphql.schema);
  if (!coercion && isAboutDocument(error)) {
    const { message, code } = requestProblem(error);
    return { message, ...places, extensions: { code }, status: 400 };
  }
  const shown = toPublicError(coercion ?? error.originalError ?? error, context.reply.request.id);
  return {
    message: shown.message,
    ...places,
    extensions: { ...shown.extensions, code: shown.code },
    status: shown.status,
  };
}

/**
 * The way out of every GraphQL error: parsing, validation and coercion never reach a Nest filter. Each gets its stable
 * code, and no message quotes what was sent. Refusals of a field leave the HTTP status at 200; a request of which nothing
 * was executed has its own.
 */
export function graphqlErrorFormatter(
  execution: ExecutionResult,
  context: MercuriusContext,
): { statusCode: number; response: FormattedExecutionResult } {
  const errors = (execution.errors ?? []).flatMap(withoutWrapping).map((error) => formatted(error, context));
  const wasExecuted = errors.some((error) => error.path !== undefined);
  const shown = errors.map(({ status: _status, ...error }) => error);
  return {
    statusCode: wasExecuted ? 200 : (errors[0]?.status ?? 200),
    response: { data: execution.data ?? null, errors: shown },
  };
}
