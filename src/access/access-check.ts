import type { Access, MooringRequest } from './access.decorators.js';

/** Repeats the check of the access guard after a wait. A port: a higher folder, which has the guard, implements it. */
export abstract class AccessCheck {
  /**
   * Authenticates a request again and checks its access.
   *
   * @throws {Unauthenticated} {@link Forbidden} {@link WrongCredentials} if the guard would refuse it now
   */
  abstract demandAgain(request: MooringRequest, access: Access): Promise<void>;
}
