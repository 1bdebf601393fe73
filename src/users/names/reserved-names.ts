/**
 * User names that nobody may choose, because something else has the name. A port: a higher folder, which knows these
 * names, answers.
 */
export abstract class ReservedNames {
  /** Whether a user name, in any spelling, is reserved now. */
  abstract isReserved(username: string): Promise<boolean>;
}
