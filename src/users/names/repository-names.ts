/**
 * Which place in the registry a user name gives. A port: the folder of the registry, which has the rule, answers.
 */
export abstract class RepositoryNames {
  /** The value of `${username}` in access rules; null if the user name is not valid in a repository name. */
  abstract of(username: string): string | null;

  /**
   * The folder of the registry into which the access rules in force let everybody with such a name push, such as `users/lin`;
   * null if no rule gives one.
   */
  abstract folderOf(username: string): Promise<string | null>;
}
