import type { Access, MooringRequest } from './access.decorators.js';

/** Asks again, after something was waited for, what the access guard asked before. A later folder, which has the guard, answers. */
export abstract class AccessCheck {
  /**
   * Finds out anew who makes a request, and lets whoever may still do this go on.
   *
   * @throws {Unauthenticated} {@link Forbidden} {@link WrongCredentials} where the guard would turn it away by now
   */
  abstract demandAgain(request: MooringRequest, access: Access): Promise<void>;
}
