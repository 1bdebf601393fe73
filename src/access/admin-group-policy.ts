/** Whether a user is in the admin group; `STALE`: not known until their grant is refreshed. */
export type AdminMembership = 'MEMBER' | 'NO_MEMBER' | 'STALE';

/** How long the grant of a user counts. */
export interface GrantTerm {
  readonly expiresAt: Date;
  /** When the provider last verified it; null if unknown. */
  readonly verifiedAt: Date | null;
}

/**
 * Decides who is an administrator by the provider's groups. The guard asks at each request, so that the right ends when the
 * provider or the settings end it. A port: a higher folder, which knows the grants, implements it.
 */
export abstract class AdminGroupPolicy {
  /** The membership of a user as known now, without waiting for the provider. */
  abstract membershipOf(userId: string): Promise<AdminMembership>;

  /**
   * Asks the provider about a user whose membership is stale: takes 12 seconds at most. Read everything again afterwards.
   */
  abstract askProvider(userId: string): Promise<void>;

  /**
   * Asks the provider in the background if the grant of a user has expired or is about to: nothing waits, and the next
   * request sees a refusal.
   *
   * @param term of the user's grant as it was just read; nothing is done until it is about to expire
   */
  abstract askBehind(userId: string, term: GrantTerm): void;

  /**
   * Asks the provider in the background about a user whom it answered unclearly about, or whose groups it has not told for
   * too long: its next proper answer counts, although the user does nothing. Paced like every question about such a grant.
   */
  abstract askAgainBehind(userId: string): Promise<void>;

  /** Whether a user is in the admin group by the last known groups, while the grant has not ended. */
  abstract isKnownMember(userId: string): Promise<boolean>;
}
