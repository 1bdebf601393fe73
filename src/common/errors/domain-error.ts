/** What a client may learn about one input field that was refused. */
export interface FieldProblem {
  readonly path: readonly string[];
  readonly code: string;
  readonly message: string;
}

/** A kind of refusal, declared once: answers and `docs/errors.md` are made from it. */
export interface Refusal {
  /** Stable; clients branch on it. */
  readonly code: string;
  /** The HTTP status outside GraphQL. */
  readonly status: number;
  /** What happened, in one sentence; `{name}` stands for a value of the occurrence. Safe to show. */
  readonly fact: string;
  /** The next step, for the person who reads the message; `{name}` as in `fact`. */
  readonly hint: string;
  /** What the error carries in `extensions` beside the code: the meaning of each entry. */
  readonly carries?: Readonly<Record<string, string>>;
}

/** What one occurrence of a refusal adds to its declaration. */
export interface Occurrence {
  /** The values of the placeholders. */
  readonly values?: Readonly<Record<string, string | number>>;
  /** Shown in place of fact and hint, where the occurrence is known more exactly. */
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
  readonly extensions: Readonly<Record<string, unknown>> = {};
  readonly detail?: string;
  /** The reason that the audit log names, where the code says too little: a status of the schema. */
  readonly auditedAs?: string;

  protected constructor(row: Refusal, { values = {}, message, detail, cause }: Occurrence = {}) {
    super(message ?? messageOf(row, values), { cause });
    this.name = new.target.name;
    this.code = row.code;
    this.status = row.status;
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
