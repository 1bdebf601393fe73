import { DomainError } from '../common/errors/domain-error.js';

/** GraphQL was asked in a way that it does not take. */
export class BadGraphqlRequest extends DomainError {
  readonly code = 'BAD_USER_INPUT';

  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}
