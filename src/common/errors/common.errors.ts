import { DomainError, FieldProblem } from './domain-error.js';

/** Something in the input has the wrong form; `fields` says what and where, without quoting it. */
export class BadUserInput extends DomainError {
  readonly code = 'BAD_USER_INPUT';
  readonly status = 400;
  override readonly extensions: { readonly fields: readonly FieldProblem[] };

  constructor(fields: readonly FieldProblem[]) {
    super(fields.map((field) => `${field.path.join('.')}: ${field.message}`).join(' ') || 'The input is not usable.');
    this.extensions = { fields };
  }

  /** The refusal of a single field. */
  static field(path: string, code: string, message: string): BadUserInput {
    return new BadUserInput([{ path: path.split('.'), code, message }]);
  }
}

/** Nobody is logged in, or the session has ended. */
export class Unauthenticated extends DomainError {
  readonly code = 'UNAUTHENTICATED';
  readonly status = 401;

  constructor() {
    super('You are not logged in, or your session has ended. Log in and try again.');
  }
}

/** What was presented to prove who one is was wrong: never says which part. */
export class WrongCredentials extends DomainError {
  readonly code = 'INVALID_CREDENTIALS';
  readonly status = 401;

  constructor(message = 'The user name, password or token is wrong. Check it and try again.') {
    super(message);
  }
}

/** Logged in, but not allowed. */
export class Forbidden extends DomainError {
  readonly code = 'FORBIDDEN';
  readonly status = 403;

  constructor(message = 'You are not allowed to do this. Ask an administrator.') {
    super(message);
  }
}

/** There is no such thing. */
export class NotFound extends DomainError {
  readonly code = 'NOT_FOUND';
  readonly status = 404;

  constructor(what: string) {
    super(`There is no such ${what}. It may have been deleted; load the list again.`);
  }
}

/** Too much of this at the moment. */
export class RateLimited extends DomainError {
  readonly code = 'RATE_LIMITED';
  readonly status = 429;
  override readonly extensions: { readonly retryAfterSeconds: number };

  constructor(retryAfterSeconds: number) {
    super(`Too many attempts at the moment. Try again in ${retryAfterSeconds} seconds.`);
    this.extensions = { retryAfterSeconds };
  }
}

/** A GraphQL document asks for too much at once; nothing of it was executed. */
export class QueryTooComplex extends DomainError {
  readonly code = 'QUERY_TOO_COMPLEX';
  readonly status = 400;

  /** @param what it asks for */
  constructor(what: string) {
    super(`The document asks for too much at once: ${what}. Ask for less, or in several requests.`);
  }
}

/** The database does not answer, or is too busy: nothing was done, or nobody can tell whether it was. */
export class ServiceUnavailable extends DomainError {
  readonly code = 'SERVICE_UNAVAILABLE';
  readonly status = 503;
  override readonly extensions = { retryAfterSeconds: 5 };

  constructor(more: { detail: string; cause: unknown }) {
    super('The database does not answer at the moment. Try again in a few seconds.', more);
  }
}
