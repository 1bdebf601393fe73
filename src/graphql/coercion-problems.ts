import {
  coerceInputValue,
  DocumentNode,
  GraphQLInputType,
  GraphQLSchema,
  isInputType,
  isNonNullType,
  Kind,
  OperationDefinitionNode,
  typeFromAST,
  VariableDefinitionNode,
} from 'graphql';
import { FieldProblem } from '../common/errors/domain-error.js';

/** The operation that a request asks for: a valid document, a name in it, and variables that may be invalid. */
export interface AskedOperation {
  readonly document: DocumentNode;
  readonly operationName: string | null | undefined;
  readonly variables: Readonly<Record<string, unknown>> | null | undefined;
}

const MOST_PROBLEMS = 20;
/** Thrown to end a search; there is no other way to leave it early. */
const ENOUGH = new Error('enough problems');

const MISSING = /^Field "(\w+)" of required type /;

const problemAt = (path: readonly (string | number)[]): FieldProblem => ({
  path: path.map(String),
  code: 'WRONG_TYPE',
  message: 'is missing or does not fit its type; see the schema.',
});

/**
 * The paths at which the variables of a request do not fit their types, at most 20: an anonymous client could send long
 * lists of them, and naming each would take seconds. The messages of graphql-js quote the input, so the paths are
 * determined here and its messages are not shown.
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
  const problems: FieldProblem[] = [];
  for (const definition of operation?.variableDefinitions ?? []) {
    if (problems.length >= MOST_PROBLEMS) break;
    problems.push(...problemsOf(schema, definition, given[definition.variable.name.value]));
  }
  return problems.slice(0, MOST_PROBLEMS);
}

function problemsOf(schema: GraphQLSchema, definition: VariableDefinitionNode, value: unknown): FieldProblem[] {
  const type = typeFromAST(schema, definition.type);
  const name = definition.variable.name.value;
  if (!isInputType(type)) return [];
  if (value === undefined) return isNonNullType(type) && !definition.defaultValue ? [problemAt([name])] : [];
  return problemsIn(type, name, value);
}

function problemsIn(type: GraphQLInputType, name: string, value: unknown): FieldProblem[] {
  const problems: FieldProblem[] = [];
  try {
    coerceInputValue(value, type, (path, _value, { message }) => {
      if (problems.length >= MOST_PROBLEMS) throw ENOUGH;
      // The name comes from the schema: what is missing was not sent.
      const [, missing] = MISSING.exec(message) ?? [];
      problems.push(problemAt([name, ...path, ...(missing === undefined ? [] : [missing])]));
    });
  } catch (error) {
    if (error !== ENOUGH) throw error;
  }
  return problems;
}
