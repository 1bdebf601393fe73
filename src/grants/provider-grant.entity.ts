import { Column, Entity, Index, JoinColumn, OneToOne, PrimaryColumn } from 'typeorm';
import { User } from '../users/user.entity.js';

/** Where the groups of a grant came from. */
export type GroupsSource = 'ID_TOKEN' | 'USERINFO';

/**
 * How a grant ended: the provider refused to refresh it, or reported a logout; NO_REFRESH_TOKEN: its tokens can't be
 * decrypted any more, so it can't be refreshed.
 */
export type GrantEnd = 'REFRESH_REJECTED' | 'PROVIDER_LOGOUT' | 'NO_REFRESH_TOKEN';

/** UNAVAILABLE: no usable answer. CLIENT_REJECTED: the provider rejects Mooring's client credentials. */
export type ProviderFailing = 'UNAVAILABLE' | 'CLIENT_REJECTED';

/**
 * The grant of one user: the sealed tokens of the provider, the issuer and client id that they came from, and the groups as
 * the provider sent them (null: never sent).
 */
@Entity('provider_grants')
@Index('provider_grants_session', ['providerSession'])
@Index('provider_grants_ended', ['endReason'])
@Index('provider_grants_origin', ['issuer', 'clientId'])
// With SQLite they have only the grants that are looked for, and each refresh leaves them alone.
@Index('provider_grants_unclear', { synchronize: false })
@Index('provider_grants_unrefreshable', { synchronize: false })
export class ProviderGrant {
  @PrimaryColumn({ name: 'user_id', type: 'varchar', length: 36 })
  userId!: string;

  @OneToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'provider_grants_user_exists' })
  user?: User;

  @Column({ type: 'varchar', length: 255 })
  issuer!: string;

  @Column({ name: 'client_id', type: 'varchar', length: 255 })
  clientId!: string;

  @Column({ name: 'sealed_id_token', type: 'text' })
  sealedIdToken!: string;

  @Column({ name: 'sealed_access_token', type: 'text', nullable: true })
  sealedAccessToken!: string | null;

  @Column({ name: 'sealed_refresh_token', type: 'text', nullable: true })
  sealedRefreshToken!: string | null;

  /** Whether the provider granted `offline_access`: then the grant outlives the session there. */
  @Column({ name: 'is_offline', type: 'boolean', default: false })
  isOffline!: boolean;

  /** The session at the provider, as in `ProviderSession`; null if unknown. */
  @Column({ name: 'provider_session', type: 'varchar', length: 64, nullable: true })
  providerSession!: string | null;

  @Column({ name: 'login_begun_at', type: 'datetime', precision: 3, nullable: true })
  loginBegunAt!: Date | null;

  @Column({ name: 'group_names', type: 'text', nullable: true })
  groupNames!: string | null;

  @Column({ name: 'groups_source', type: 'varchar', length: 16, nullable: true })
  groupsSource!: GroupsSource | null;

  /** When the groups were sent, if before the current tokens; null: together with them. */
  @Column({ name: 'groups_told_at', type: 'datetime', precision: 3, nullable: true })
  groupsToldAt!: Date | null;

  @Column({ name: 'expires_at', type: 'datetime', precision: 3 })
  expiresAt!: Date;

  /** When the provider last verified the grant; null for grants from before this was stored. */
  @Column({ name: 'vouched_at', type: 'datetime', precision: 3, nullable: true })
  verifiedAt!: Date | null;

  /** Why the grant has ended; null while it has not. */
  @Column({ name: 'end_reason', type: 'varchar', length: 32, nullable: true })
  endReason!: GrantEnd | null;

  /** How the provider last failed to answer; null once it has answered. */
  @Column({ name: 'failure', type: 'varchar', length: 32, nullable: true })
  failure!: ProviderFailing | null;

  /** Since when the provider has failed to answer, and when to try again. */
  @Column({ name: 'failed_at', type: 'datetime', precision: 3, nullable: true })
  failedAt!: Date | null;

  @Column({ name: 'retry_at', type: 'datetime', precision: 3, nullable: true })
  retryAt!: Date | null;

  /**
   * While the provider's answers do not say whether the grant has ended: for how long it had refreshed other grants before
   * (`ProviderFactsService.refreshingTime`), in milliseconds. Null once it has answered clearly.
   */
  @Column({ name: 'unclear_from_ms', type: 'bigint', nullable: true })
  unclearFromMs!: string | null;

  /** Whether the refresh token came in an answer about another subject: then it refreshes nothing by itself. */
  @Column({ name: 'is_foreign', type: 'boolean', default: false })
  isForeign!: boolean;

  /** How many answers in a row were errors of the provider (HTTP 5xx); 0 if the last failure was no answer at all. */
  @Column({ name: 'error_answers', type: 'integer', default: 0 })
  errorAnswers!: number;

  /** When the owner was last asked for a consent that might bring a refresh token; null if never. */
  @Column({ name: 'consent_asked_at', type: 'datetime', precision: 3, nullable: true })
  consentAskedAt!: Date | null;

  /** When the owner last went from here to a logout at the provider; null if never. A later login leaves it. */
  @Column({ name: 'logout_begun_at', type: 'datetime', precision: 3, nullable: true })
  logoutBegunAt!: Date | null;

  /** The lease of a running refresh, and when it expires by the database's clock, in milliseconds since 1970. */
  @Column({ name: 'lease_owner', type: 'varchar', length: 36, nullable: true })
  leaseOwner!: string | null;

  @Column({ name: 'lease_until', type: 'bigint', nullable: true })
  leaseUntil!: string | null;

  /** Grows with every login, refresh and refusal. */
  @Column({ type: 'integer' })
  version!: number;
}

/** The groups of a grant as the provider sent them; none if it never sent any. */
export function groupNamesOf({ groupNames }: Pick<ProviderGrant, 'groupNames'>): string[] {
  return JSON.parse(groupNames ?? '[]') as string[];
}
