/**
 * Tells which user names nobody may choose, because something else is called so. A later folder, which knows what there
 * is, answers.
 */
export abstract class ReservedNames {
  /** Whether a user name, in any spelling, is reserved now. */
  abstract isReserved(username: string): Promise<boolean>;
}
