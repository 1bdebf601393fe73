/** What is known of a user's membership of the admin group: `STALE` where the provider's word on it has run out. */
export type AdminMembership = 'MEMBER' | 'NO_MEMBER' | 'STALE';

/** For how long the provider's word about a user counts, as the grant tells. */
export interface GrantTerm {
  readonly expiresAt: Date;
  /** When the provider last vouched; null where that is not known. */
  readonly verifiedAt: Date | null;
}

/**
 * Tells whom the provider's groups make an administrator. The guard asks at each request, so that the right ends when the
 * provider or the settings take it back; a later folder, which knows the grants, answers.
 */
export abstract class AdminGroupPolicy {
  /** What is known now of a user; nobody is waited for. */
  abstract membershipOf(userId: string): Promise<AdminMembership>;

  /**
   * Has the provider asked about a user whose membership is stale: takes 12 seconds at most. Everything that was read
   * before has to be read again.
   */
  abstract askProvider(userId: string): Promise<void>;

  /**
   * Has the provider asked behind the answer, where its word about a user has run out or is about to: nobody waits, and
   * the next request finds a refusal.
   *
   * @param term of the user's grant as it was just read: until it is about to run out nothing is done
   */
  abstract askBehind(userId: string, term: GrantTerm): void;

  /** Whether a user is in the admin group by the groups last told, as long as the grant has not ended. */
  abstract isKnownMember(userId: string): Promise<boolean>;
}
