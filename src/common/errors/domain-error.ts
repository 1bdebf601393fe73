/** What a client may learn about one input field that was refused. */
export interface FieldProblem {
  readonly path: readonly string[];
  readonly code: string;
  readonly message: string;
}

/**
 * A refusal that was foreseen. Each kind is declared beside the rule that throws it, with a stable code. The message is
 * safe to show and says what to do next; `extensions` goes to the client beside the code, `detail` to the log alone.
 */
export abstract class DomainError extends Error {
  abstract readonly code: string;
  /** The HTTP status outside GraphQL. */
  abstract readonly status: number;
  readonly extensions: Readonly<Record<string, unknown>> = {};
  readonly detail?: string;
  /** What the audit log calls it, where the code says too little: a status of the schema. */
  readonly auditedAs?: string;

  protected constructor(message: string, more: { detail?: string; cause?: unknown } = {}) {
    super(message, { cause: more.cause });
    this.name = new.target.name;
    this.detail = more.detail;
  }
}
