/** The name that a registry client presented, for the audit log. */
export interface RegistryLoginName {
  /** The user who has it; null if nobody has. */
  readonly user: { readonly id: string; readonly username: string } | null;
  /** The same for the same name; tells nothing of it. */
  readonly digest: string;
}
