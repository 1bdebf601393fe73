import {
  DocumentNode,
  FieldNode,
  FragmentDefinitionNode,
  getNamedType,
  getNullableType,
  GraphQLError,
  GraphQLField,
  GraphQLOutputType,
  GraphQLSchema,
  isListType,
  isObjectType,
  Kind,
  OperationDefinitionNode,
  SelectionNode,
  SelectionSetNode,
} from 'graphql';
import { QueryTooComplex } from './graphql.errors.js';
import { LARGEST_PAGE } from './pagination.js';

/** The maximum number of tokens in a document. */
export const MOST_TOKENS = 2000;
/** The maximum number of lines: each error scans all lines before it to find its location. */
const MOST_LINES = 4000;
/** The maximum depth of fields. */
export const MOST_LEVELS = 10;
/** The maximum number of fields, with those of fragments counted at each spread. */
export const MOST_FIELDS = 1000;
/** The maximum number of pairs of fields with the same name: validation compares the fields of every pair. */
export const MOST_PAIRS = 2000;
/** The maximum number of fields in the response, with every list at its requested length. */
export const MOST_ANSWERED_FIELDS = 20_000;

/** The assumed length of a list without pages. */
const LENGTH_OF_A_LIST = 10;

type OutputField = GraphQLField<unknown, unknown>;

/** Selection sets of one type that are merged in the response. */
interface Level {
  readonly sets: readonly SelectionSetNode[];
  readonly type: GraphQLOutputType | null | undefined;
  readonly depth: number;
  /** How often it occurs in the response. */
  readonly times: number;
}

/** Walks a document as its execution would, fields of the same name together, and stops at the first exceeded limit. */
class Measure {
  private fields = 0;
  private pairs = 0;
  private answered = 0;

  constructor(private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>) {}

  /** @throws {QueryTooComplex} */
  go({ sets, type, depth, times }: Level): void {
    if (depth > MOST_LEVELS) throw new QueryTooComplex(`more than ${MOST_LEVELS} levels of fields`);
    for (const nodes of this.byName(sets).values()) {
      this.fields += nodes.length;
      this.pairs += (nodes.length * (nodes.length - 1)) / 2;
      this.answered += times;
      this.refuseTooMuch();
      const inner = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
      if (inner.length > 0) this.go(belowOf(nodes, inner, { type, depth, times }));
    }
  }

  private refuseTooMuch(): void {
    if (this.fields > MOST_FIELDS) throw new QueryTooComplex(`more than ${MOST_FIELDS} fields`);
    if (this.pairs > MOST_PAIRS) throw new QueryTooComplex('the same fields again and again');
    if (this.answered > MOST_ANSWERED_FIELDS) {
      throw new QueryTooComplex(
        `an answer of more than ${MOST_ANSWERED_FIELDS} fields, with pages as long as asked for`,
      );
    }
  }

  /** The fields of selection sets by response name (GraphQL, section 6.3.2). */
  private byName(sets: readonly SelectionSetNode[]): Map<string, FieldNode[]> {
    const found = new Map<string, FieldNode[]>();
    const spread = new Set<string>();
    const waiting: SelectionNode[] = sets.flatMap(({ selections }) => selections);
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      if (next.kind === Kind.FIELD) {
        const name = (next.alias ?? next.name).value;
        const alike = found.get(name);
        if (alike) alike.push(next);
        else found.set(name, [next]);
      } else if (next.kind === Kind.INLINE_FRAGMENT) waiting.push(...next.selectionSet.selections);
      else if (!spread.has(next.name.value)) {
        spread.add(next.name.value);
        waiting.push(...(this.fragments.get(next.name.value)?.selectionSet.selections ?? []));
      }
    }
    return found;
  }
}

/** The level below the fields of one name. Introspection fields are not limited here: validation limits their depth. */
function belowOf(nodes: readonly FieldNode[], sets: readonly SelectionSetNode[], above: Omit<Level, 'sets'>): Level {
  const { type, depth, times } = above;
  const field = isObjectType(type) ? type.getFields()[nodes[0]?.name.value ?? ''] : undefined;
  if (!field) return { sets, type: undefined, depth, times };
  const length = Math.max(...nodes.map((node) => lengthOf(field, node)));
  return { sets, type: getNamedType(field.type), depth: depth + 1, times: times * length };
}

/** The number of entries of a field: the requested page size, or the largest if it is a variable. */
function lengthOf(field: OutputField, node: FieldNode): number {
  const first = field.args.find(({ name }) => name === 'first');
  if (first) {
    const given = node.arguments?.find(({ name }) => name.value === 'first')?.value;
    if (!given) return Number(first.defaultValue ?? LARGEST_PAGE);
    return given.kind === Kind.INT ? Math.min(Number(given.value), LARGEST_PAGE) : LARGEST_PAGE;
  }
  // The entries of a page are already counted at the field that has the page size.
  const isPage = field.name === 'edges';
  return isListType(getNullableType(field.type)) && !isPage ? LENGTH_OF_A_LIST : 1;
}

function rootTypeOf(schema: GraphQLSchema, node: OperationDefinitionNode | FragmentDefinitionNode) {
  if (node.kind === Kind.OPERATION_DEFINITION) return schema.getRootType(node.operation);
  const { value: name } = node.typeCondition.name;
  const type = name.startsWith('__') ? undefined : schema.getType(name);
  return isObjectType(type) ? type : null;
}

/**
 * Rejects a document that asks for too much, before its validation: if a document repeats the same fields, validating it
 * takes longer than executing it. Call it once per document.
 *
 * @returns nothing; a `preValidation` hook of the GraphQL server
 * @throws {GraphQLError} that wraps {@link QueryTooComplex}
 */
export function refuseTooComplex(schema: GraphQLSchema, document: DocumentNode): void {
  const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  const fragments = document.definitions.filter((node) => node.kind === Kind.FRAGMENT_DEFINITION);
  const measure = new Measure(new Map(fragments.map((node) => [node.name.value, node])));
  try {
    for (const node of [...operations, ...fragments]) {
      measure.go({ sets: [node.selectionSet], type: rootTypeOf(schema, node), depth: 1, times: 1 });
    }
  } catch (error) {
    throw error instanceof QueryTooComplex ? refusalFor(error) : error;
  }
}

/**
 * Rejects the text of a document with too many lines, before it is parsed.
 *
 * @throws {GraphQLError} that wraps {@link QueryTooComplex}
 */
export function refuseTooManyLines(text: string): void {
  const breaks = text.match(/\r\n|[\n\r]/g)?.length ?? 0;
  if (breaks >= MOST_LINES) throw refusalFor(new QueryTooComplex(`more than ${MOST_LINES} lines`));
}

const refusalFor = (error: QueryTooComplex) => new GraphQLError(error.message, { originalError: error });
