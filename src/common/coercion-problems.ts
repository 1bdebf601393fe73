import {
  coerceInputValue,
  GraphQLSchema,
  isInputType,
  isNonNullType,
  Kind,
  OperationDefinitionNode,
  parse,
  typeFromAST,
  VariableDefinitionNode,
} from 'graphql';
import { FieldProblem } from './domain-error.js';

/** A request of GraphQL, as it was sent; nothing of it needs to be right. */
export interface SentRequest {
  readonly query?: unknown;
  readonly operationName?: unknown;
  readonly variables?: unknown;
}

const MISSING = /^Field "(\w+)" of required type /;

const problemAt = (path: readonly (string | number)[]): FieldProblem => ({
  path: path.map(String),
  code: 'WRONG_TYPE',
  message: 'is missing or does not fit its type; see the schema.',
});

/**
 * Where the variables of a request don't fit their types, every place of them. The engines say so in messages that quote
 * the input, each in other words, and some without the path: so it is found out anew, and no message is read.
 */
export function coercionProblems(
  schema: GraphQLSchema,
  { query, operationName, variables }: SentRequest,
): FieldProblem[] {
  if (typeof query !== 'string') return [];
  const operations = parse(query).definitions.filter(
    (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
  );
  const operation = operations.find(({ name }) => name?.value === operationName) ?? operations[0];
  const given = (variables ?? {}) as Readonly<Record<string, unknown>>;
  return (operation?.variableDefinitions ?? []).flatMap((definition) =>
    problemsOf(schema, definition, given[definition.variable.name.value]),
  );
}

function problemsOf(schema: GraphQLSchema, definition: VariableDefinitionNode, value: unknown): FieldProblem[] {
  const type = typeFromAST(schema, definition.type);
  const name = definition.variable.name.value;
  if (!isInputType(type)) return [];
  if (value === undefined) return isNonNullType(type) && !definition.defaultValue ? [problemAt([name])] : [];
  const problems: FieldProblem[] = [];
  coerceInputValue(value, type, (path, _value, { message }) => {
    // The name comes from the schema: what is missing was not sent.
    const [, missing] = MISSING.exec(message) ?? [];
    problems.push(problemAt([name, ...path, ...(missing === undefined ? [] : [missing])]));
  });
  return problems;
}
