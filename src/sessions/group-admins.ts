/**
 * Tells whom the provider's groups make an administrator. The guard asks at each request, so that the right ends when the
 * provider or the settings take it back; a later folder, which knows the grants, answers.
 */
export abstract class GroupAdmins {
  /** Whether a user is in the admin group now. */
  abstract includes(userId: string): Promise<boolean>;
}
