import {
  ASTVisitor,
  DocumentNode,
  getOperationAST,
  GraphQLError,
  GraphQLSchema,
  parse,
  specifiedRules,
  validate,
  ValidationContext,
  ValidationRule,
} from 'graphql';
import { MOST_TOKENS, refuseTooComplex, refuseTooManyLines } from './query-complexity.js';

/** The maximum memory of cached documents, in bytes. */
export const MOST_KEPT_BYTES = 10_000_000;
/** The maximum size of a parsed token in bytes, as measured by the spec. */
const BYTES_A_TOKEN = 500;
/** The maximum size of a character in bytes: in the text, in the key, and in values, which keep each escape. */
const BYTES_A_CHARACTER = 24;

const MOST_ERRORS = 20;

/** An invalid document; nothing of it is executed. */
export class DocumentRefused extends Error {
  constructor(readonly errors: readonly GraphQLError[]) {
    super('The document is refused.');
  }
}

/**
 * No variable may have the name of a property that every JavaScript object inherits: if the variable is left out,
 * graphql-js finds the inherited property and passes it on as if it had been sent.
 */
function noNamesOfObjects(context: ValidationContext): ASTVisitor {
  return {
    VariableDefinition(node) {
      const name = node.variable.name.value;
      if (!(name in {})) return;
      const message = `A variable can't be named "$${name}". Give it another name.`;
      context.reportError(new GraphQLError(message, { nodes: node }));
    },
  };
}

interface Kept {
  readonly document: DocumentNode;
  readonly bytes: number;
}

/**
 * Parses and validates documents, and caches the valid ones, least recently used evicted first, up to a size in bytes. An
 * entry belongs to the requested operation: a document may contain several.
 */
export class ParsedDocuments {
  /** Ordered by last use. */
  private readonly kept = new Map<string, Kept>();
  private readonly rules: readonly ValidationRule[];
  private bytes = 0;

  /**
   * @param rules in addition to those of the specification
   * @param mostBytes the maximum memory of the cache
   */
  constructor(
    private readonly schema: GraphQLSchema,
    rules: readonly ValidationRule[] = [],
    private readonly mostBytes = MOST_KEPT_BYTES,
  ) {
    this.rules = [...specifiedRules, noNamesOfObjects, ...rules];
  }

  /** The size of the cache in bytes. */
  get keptBytes(): number {
    return this.bytes;
  }

  /** The number of cached documents. */
  get count(): number {
    return this.kept.size;
  }

  /**
   * The parsed and validated document.
   *
   * @throws {DocumentRefused} if it can't be parsed, or is not valid
   * @throws {GraphQLError} if it asks for too much
   */
  read(text: string, operationName: string | null | undefined): DocumentNode {
    const key = keyOf(text, operationName);
    const known = this.kept.get(key);
    if (!known) return this.readAnew(key, text, operationName);
    this.kept.delete(key);
    this.kept.set(key, known);
    return known.document;
  }

  private readAnew(key: string, text: string, operationName: string | null | undefined): DocumentNode {
    refuseTooManyLines(text);
    const document = parsed(text);
    refuseTooComplex(this.schema, document);
    const errors = validate(this.schema, document, this.rules, { maxErrors: MOST_ERRORS });
    if (errors.length > 0) throw new DocumentRefused(errors);
    // If it has no such operation, the execution refuses it.
    if (getOperationAST(document, operationName)) this.keep(key, { document, bytes: weightOf(text, document) });
    return document;
  }

  private keep(key: string, entry: Kept): void {
    if (entry.bytes > this.mostBytes) return;
    this.kept.set(key, entry);
    this.bytes += entry.bytes;
    for (const [oldest, { bytes }] of this.kept) {
      if (this.bytes <= this.mostBytes) return;
      this.kept.delete(oldest);
      this.bytes -= bytes;
    }
  }
}

/** The length comes first, so that two different pairs of name and text never have the same key. */
function keyOf(text: string, operationName: string | null | undefined): string {
  return typeof operationName === 'string' ? `${operationName.length}:${operationName}${text}` : `:${text}`;
}

function parsed(text: string): DocumentNode {
  try {
    return parse(text, { maxTokens: MOST_TOKENS });
  } catch (error) {
    throw error instanceof GraphQLError ? new DocumentRefused([error]) : error;
  }
}

function weightOf(text: string, { tokenCount = MOST_TOKENS }: DocumentNode & { tokenCount?: number }): number {
  return text.length * BYTES_A_CHARACTER + tokenCount * BYTES_A_TOKEN;
}
