import { FieldProblem, refusal } from './domain-error.js';

/** A field of the input has the wrong form; `fields` names the place and the problem, without quoting the value. */
export class BadUserInput extends refusal({
  code: 'BAD_USER_INPUT',
  status: 400,
  fact: 'The input is not valid.',
  hint: 'Correct the fields that are named and send it again.',
  carries: { fields: 'each field that is not valid: its `path`, a `code` and a `message`' },
}) {
  override readonly extensions: { readonly fields: readonly FieldProblem[] };

  constructor(fields: readonly FieldProblem[]) {
    super({ message: fields.map(({ path, message }) => `${path.join('.')}: ${message}`).join(' ') || undefined });
    this.extensions = { fields };
  }

  /** The refusal of a single field; `path` is the thrower's path, with dots: `oidc.endpoint`. */
  static field(path: string, code: string, message: string): BadUserInput {
    return new BadUserInput([{ path: path.split('.'), code, message }]);
  }

  /** The same refusal, for a caller whose input has the fields below another name. */
  below(name: string): BadUserInput {
    return new BadUserInput(this.extensions.fields.map((field) => ({ ...field, path: [name, ...field.path] })));
  }
}

/** The request has no valid session. */
export class Unauthenticated extends refusal({
  code: 'UNAUTHENTICATED',
  status: 401,
  fact: 'You are not logged in, or your session has ended.',
  hint: 'Log in and try again.',
}) {}

/** The credentials are wrong; the message never says which part. */
export class WrongCredentials extends refusal({
  code: 'INVALID_CREDENTIALS',
  status: 401,
  fact: 'The user name, password or token is wrong.',
  hint: 'Check it and try again.',
}) {
  constructor(message?: string) {
    super({ message });
  }
}

/** Logged in, but not allowed. */
export class Forbidden extends refusal({
  code: 'FORBIDDEN',
  status: 403,
  fact: 'You are not allowed to do this.',
  hint: 'Ask an administrator.',
}) {
  constructor(message?: string) {
    super({ message });
  }
}

/** The object does not exist. */
export class NotFound extends refusal({
  code: 'NOT_FOUND',
  status: 404,
  fact: 'This {object} does not exist.',
  hint: 'It may have been deleted: load the list again.',
}) {
  /** @param object its kind, such as `user` */
  constructor(object: string) {
    super({ values: { object } });
  }
}

/** Too many attempts, or too many requests at once. */
export class RateLimited extends refusal({
  code: 'RATE_LIMITED',
  status: 429,
  fact: 'Too many attempts at the moment.',
  hint: 'Try again in {wait}.',
  carries: { retryAfterSeconds: 'how long to wait' },
}) {
  override readonly extensions: { readonly retryAfterSeconds: number };

  constructor(retryAfterSeconds: number) {
    super({ values: { wait: secondsInWords(retryAfterSeconds) } });
    this.extensions = { retryAfterSeconds };
  }
}

const NOT_WRITABLE =
  'The database takes no writes at the moment: it is full or read-only. Try again later; if this continues, tell an administrator.';

/**
 * The database does not answer, is too busy, full or read-only: nothing was written, or it is unknown whether it was. The
 * message says which of them it is.
 */
export class ServiceUnavailable extends refusal({
  code: 'SERVICE_UNAVAILABLE',
  status: 503,
  fact: 'The database does not answer at the moment.',
  hint: 'Try again in a few seconds.',
  carries: { retryAfterSeconds: 'how long to wait' },
}) {
  override readonly extensions = { retryAfterSeconds: 5 };

  /** @param failure `isWritable` is false if the database is full or read-only */
  constructor({ isWritable = true, ...more }: DatabaseFailure) {
    super({ ...more, ...(!isWritable && { message: NOT_WRITABLE }) });
  }
}

interface DatabaseFailure {
  readonly detail: string;
  readonly cause: unknown;
  readonly isWritable?: boolean;
}

/** A number of seconds with its noun: "1 second", "30 seconds". */
export function secondsInWords(count: number): string {
  return count === 1 ? '1 second' : `${count} seconds`;
}
