import {
  coerceInputValue,
  DocumentNode,
  GraphQLSchema,
  isInputType,
  isNonNullType,
  Kind,
  OperationDefinitionNode,
  typeFromAST,
  VariableDefinitionNode,
} from 'graphql';
import { FieldProblem } from './domain-error.js';

/** What a request asks for: a valid document, an operation in it, and variables that need not be right. */
export interface AskedOperation {
  readonly document: DocumentNode;
  readonly operationName: string | null | undefined;
  readonly variables: Readonly<Record<string, unknown>> | null | undefined;
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
  { document, operationName, variables }: AskedOperation,
): FieldProblem[] {
  const operations = document.definitions.filter(
    (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
  );
  const operation = operations.find(({ name }) => name?.value === operationName) ?? operations[0];
  const given = variables ?? {};
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
