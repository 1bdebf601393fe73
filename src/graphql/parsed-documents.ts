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

/** How much memory kept documents may take, in bytes. */
export const MOST_KEPT_BYTES = 10_000_000;
/** How much a parsed word or sign takes at most, in bytes: measured by the spec. */
const BYTES_A_TOKEN = 500;
/** How much a character takes at most: in the text, in the key, and in values, which hold each escape as a piece. */
const BYTES_A_CHARACTER = 24;

const MOST_ERRORS = 20;

/** A document that is not valid: nothing of it is executed. */
export class DocumentRefused extends Error {
  constructor(readonly errors: readonly GraphQLError[]) {
    super('The document is refused.');
  }
}

/**
 * No variable may have a name that every object of JavaScript has: where it is left out, graphql-js finds what the object
 * has under that name, and hands it on as if it had been sent.
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
 * Parses and validates documents, and keeps those that are valid for the next time, the last used ones, up to so many
 * bytes. What is kept belongs to the operation that was asked for: a document may hold several.
 */
export class ParsedDocuments {
  /** In the order of their last use. */
  private readonly kept = new Map<string, Kept>();
  private readonly rules: readonly ValidationRule[];
  private bytes = 0;

  /**
   * @param rules beside those of the specification
   * @param mostBytes how much memory those that are kept may take
   */
  constructor(
    private readonly schema: GraphQLSchema,
    rules: readonly ValidationRule[] = [],
    private readonly mostBytes = MOST_KEPT_BYTES,
  ) {
    this.rules = [...specifiedRules, noNamesOfObjects, ...rules];
  }

  /** How many bytes those take that are kept. */
  get keptBytes(): number {
    return this.bytes;
  }

  /** How many are kept. */
  get count(): number {
    return this.kept.size;
  }

  /**
   * The document that a text stands for.
   *
   * @throws {DocumentRefused} where it can't be parsed, or is not valid
   * @throws {GraphQLError} where it asks for too much
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
    // Where it has no such operation, the execution refuses it.
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

/** The length comes first, so that no name and text together read like another name and text. */
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
