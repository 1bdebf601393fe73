/**
 * User names that nobody may choose, because something else has the name. A port: a higher folder, which knows these
 * names, answers.
 */
export abstract class ReservedNames {
  /**
   * Whether a user name, in any spelling, is reserved now.
   *
   * @param isGiven whether the operator gives it to a user: then names that the operator has reserved for their owners are free
   */
  abstract isReserved(username: string, isGiven?: boolean): Promise<boolean>;
}
