import {
  GraphQLArgument,
  GraphQLField,
  GraphQLInputType,
  GraphQLOutputType,
  GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

/** An operation of the schema, as two requests. */
export interface SchemaRequest {
  readonly name: string;
  /** With every argument as a literal. */
  readonly literal: string;
  /** With every argument as a variable. */
  readonly query: string;
  readonly variables: object;
}

type Field = GraphQLField<unknown, unknown>;

const DEEPEST = 3;

/** Every query and mutation of a schema with all of its arguments, with `text` as every string. */
export function requestsOf(schema: GraphQLSchema, text: string): SchemaRequest[] {
  return [schema.getQueryType(), schema.getMutationType()].flatMap((type) =>
    Object.values(type?.getFields() ?? {}).map((field) => requestOf(type!.name.toLowerCase(), field, text)),
  );
}

function requestOf(operation: string, field: Field, text: string): SchemaRequest {
  const { name, args } = field;
  const selection = selectionOf(field.type, 1);
  const heading = list(args.map((argument) => `$${argument.name}: ${String(argument.type)}`));
  const passed = list(args.map((argument) => `${argument.name}: $${argument.name}`));
  return {
    name,
    literal: `${operation} { ${name}${literalsOf(args, text)}${selection} }`,
    query: `${operation} Asked${heading} { ${name}${passed}${selection} }`,
    variables: Object.fromEntries(args.map((argument) => [argument.name, valueOf(argument.type, text)])),
  };
}

const list = (parts: readonly string[]) => (parts.length > 0 ? `(${parts.join(', ')})` : '');

const literalsOf = (args: readonly GraphQLArgument[], text: string) =>
  list(args.map(({ name, type }) => `${name}: ${literalOf(type, text)}`));

function valueOf(type: GraphQLInputType, text: string): unknown {
  if (isNonNullType(type)) return valueOf(type.ofType, text);
  if (isListType(type)) return [valueOf(type.ofType, text)];
  if (isEnumType(type)) return type.getValues()[0]!.name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    return Object.fromEntries(fields.map(({ name, type: inner }) => [name, valueOf(inner, text)]));
  }
  return { Int: 1, Boolean: true }[String(type)] ?? text;
}

function literalOf(type: GraphQLInputType, text: string): string {
  if (isNonNullType(type)) return literalOf(type.ofType, text);
  if (isListType(type)) return `[${literalOf(type.ofType, text)}]`;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    return `{ ${fields.map(({ name, type: inner }) => `${name}: ${literalOf(inner, text)}`).join(', ')} }`;
  }
  return isEnumType(type) ? String(valueOf(type, text)) : JSON.stringify(valueOf(type, text));
}

/** The selection of all fields without arguments, some levels deep, with one entry of each page. */
function selectionOf(type: GraphQLOutputType, depth: number): string {
  if (isNonNullType(type) || isListType(type)) return selectionOf(type.ofType as GraphQLOutputType, depth);
  if (!isObjectType(type)) return '';
  const fields = Object.values(type.getFields()).filter((field) => depth < DEEPEST || isLeaf(field.type));
  const open = fields.filter(({ args }) => !args.some((argument) => isNonNullType(argument.type)));
  const parts = open.map((field) => {
    const page = field.args.some(({ name }) => name === 'first') ? '(first: 1)' : '';
    return `${field.name}${page}${selectionOf(field.type, depth + 1)}`;
  });
  return ` { ${['__typename', ...parts].join(' ')} }`;
}

function isLeaf(type: GraphQLOutputType): boolean {
  if (isNonNullType(type) || isListType(type)) return isLeaf(type.ofType as GraphQLOutputType);
  return !isObjectType(type);
}
