import {
  DocumentNode,
  getNamedType,
  GraphQLInputObjectType,
  GraphQLNamedType,
  GraphQLSchema,
  isInputObjectType,
  isNonNullType,
  Kind,
  TypeNode,
} from 'graphql';

type Variables = Record<string, unknown>;

/** By schema and name: input types of which some required field has a default. */
const known = new WeakMap<GraphQLSchema, ReadonlyMap<string, GraphQLInputObjectType>>();

function withDefaults(schema: GraphQLSchema): ReadonlyMap<string, GraphQLInputObjectType> {
  const found = known.get(schema);
  if (found) return found;
  const inputs: GraphQLNamedType[] = Object.values(schema.getTypeMap());
  const concerned = inputs.filter(isInputObjectType).filter((type) => requiredDefaults(type).length > 0);
  const byName = new Map(concerned.map((type) => [type.name, type]));
  known.set(schema, byName);
  return byName;
}

function requiredDefaults(type: GraphQLInputObjectType) {
  const fields = Object.values(type.getFields());
  return fields.filter((field) => isNonNullType(field.type) && field.defaultValue !== undefined);
}

function nameOf(type: TypeNode): string {
  let node = type;
  while (node.kind !== Kind.NAMED_TYPE) node = node.type;
  return node.name.value;
}

/**
 * Fills in what a client may leave out of a variable because the schema has a default for it (GraphQL, section 3.10): a
 * required field gets its default as if it had been sent, so that it does not matter how an engine reads the section. Concerns the fields of a variable itself, not those of inputs inside it: the schema has no such.
 *
 * @returns what a `preExecution` hook of the GraphQL server answers: changed variables, or nothing
 */
export function fillInDefaults(
  schema: GraphQLSchema,
  document: DocumentNode,
  _context: unknown,
  variables: Variables = {},
): { variables: Variables } | undefined {
  const types = withDefaults(schema);
  const changes: Variables = {};
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    for (const { variable, type } of definition.variableDefinitions ?? []) {
      const input = types.get(nameOf(type));
      const value = variables[variable.name.value];
      if (!input || typeof value !== 'object' || value === null) continue;
      const defaults = requiredDefaults(input).map(({ name, defaultValue }) => [name, defaultValue] as const);
      changes[variable.name.value] = { ...Object.fromEntries(defaults), ...value };
    }
  }
  return Object.keys(changes).length > 0 ? { variables: { ...variables, ...changes } } : undefined;
}

/** Whether an input inside another has a required field with a default, which {@link fillInDefaults} would not see. */
export function nestedDefaults(schema: GraphQLSchema): string[] {
  const types = withDefaults(schema);
  const inputs = Object.values(schema.getTypeMap()).filter(isInputObjectType);
  const fields = inputs.flatMap((type) => Object.values(type.getFields()).map((field) => ({ type, field })));
  return fields
    .filter(({ field }) => types.has(getNamedType(field.type).name))
    .map(({ type, field }) => `${type.name}.${field.name}`);
}
