/**
 * Tells whom the provider's groups make an administrator. The guard asks at each request, so that the right ends when the
 * provider or the settings take it back; a later folder, which knows the grants, answers.
 */
export abstract class GroupAdmins {
  /** Whether a user is in the admin group now; where the provider's word has run out, it is asked again first. */
  abstract includes(userId: string): Promise<boolean>;

  /** The same as far as is known without asking the provider: for showing, not for deciding. */
  abstract isKnownToInclude(userId: string): Promise<boolean>;
}
