/** The problem of one input field, as shown to clients. */
export interface FieldProblem {
  readonly path: readonly string[];
  readonly code: string;
  readonly message: string;
}

/** A kind of refusal, declared once: error responses and `docs/errors.md` are made from it. */
export interface Refusal {
  /** Stable; clients branch on it. */
  readonly code: string;
  /** The HTTP status outside GraphQL. */
  readonly status: number;
  /** What happened, in one sentence; `{name}` stands for a value of the occurrence. Safe to show. */
  readonly fact: string;
  /** The next step, for the person who reads the message; `{name}` as in `fact`. */
  readonly hint: string;
  /** The headline of its page in a browser; absent: that of what was asked for. */
  readonly headline?: string;
  /** The entries of the error's `extensions` in addition to the code, with their meanings. */
  readonly carries?: Readonly<Record<string, string>>;
}

/** The details that one occurrence of a refusal adds to its declaration. */
export interface Occurrence {
  /** The values of the placeholders. */
  readonly values?: Readonly<Record<string, string | number>>;
  /** Shown instead of fact and hint, if the occurrence has a more specific message. */
  readonly message?: string;
  /** For the log only. */
  readonly detail?: string;
  readonly cause?: unknown;
}

/**
 * An expected refusal. Each kind is declared beside the rule that throws it ({@link refusal}). The message is safe to
 * show and names the next step; `extensions` goes to the client beside the code, `detail` only to the log.
 */
export abstract class DomainError extends Error {
  readonly code: string;
  /** The HTTP status outside GraphQL. */
  readonly status: number;
  /** The headline of its page in a browser; undefined: that of what was asked for. */
  readonly headline?: string;
  readonly extensions: Readonly<Record<string, unknown>> = {};
  readonly detail?: string;
  /** The reason in the audit log, if the code is not specific enough: a status of the schema. */
  readonly auditedAs?: string;
  /**
   * What the audit log adds to the reason, at most 255 characters; from a fixed vocabulary, except for a provider's words,
   * which stand in quotation marks.
   */
  readonly auditedDetail?: string;

  protected constructor(row: Refusal, { values = {}, message, detail, cause }: Occurrence = {}) {
    super(message ?? messageOf(row, values), { cause });
    this.name = new.target.name;
    this.code = row.code;
    this.status = row.status;
    this.headline = row.headline;
    this.detail = detail;
  }
}

/** The class of a kind of refusal; `row` is its declaration. */
export type RefusalClass = (abstract new (occurrence?: Occurrence) => DomainError) & { readonly row: Refusal };

/** The base class of a declared kind of refusal: `class EmailTaken extends refusal({ code, status, fact, hint }) {}`. */
export function refusal(row: Refusal): RefusalClass {
  abstract class Declared extends DomainError {
    static readonly row = row;

    constructor(occurrence?: Occurrence) {
      super(row, occurrence);
    }
  }
  return Declared;
}

/** Fact and hint as one text. */
export function messageOf({ fact, hint }: Refusal, values: Readonly<Record<string, string | number>> = {}): string {
  return `${fact} ${hint}`.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(values[name] ?? placeholder));
}
