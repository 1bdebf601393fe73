import { Column, Entity, Index, JoinColumn, OneToOne, PrimaryColumn } from 'typeorm';
import { User } from '../users/user.entity.js';

/** Where the groups of a grant were read. */
export type GroupsSource = 'ID_TOKEN' | 'USERINFO';

/**
 * How a grant ended: the provider refused to refresh it, or told of a logout; NO_REFRESH_TOKEN: its tokens do not open any
 * more, so that there is nothing to refresh it with.
 */
export type GrantEnd = 'REFRESH_REJECTED' | 'PROVIDER_LOGOUT' | 'NO_REFRESH_TOKEN';

/** UNAVAILABLE: no usable answer. CLIENT_REJECTED: it refuses our own client credentials. */
export type ProviderFailing = 'UNAVAILABLE' | 'CLIENT_REJECTED';

/**
 * What the provider last vouched for about one user: its tokens, sealed, with the issuer and client id that they came
 * from, and the groups as they were told (null: never told).
 */
@Entity('provider_grants')
@Index('provider_grants_session', ['providerSession'])
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

  /** Whether the provider granted `offline_access`: then it outlives the session there. */
  @Column({ name: 'is_offline', type: 'boolean', default: false })
  isOffline!: boolean;

  /** The session at the provider that it came from, as `ProviderSession` has it; null where that is not known. */
  @Column({ name: 'provider_session', type: 'varchar', length: 64, nullable: true })
  providerSession!: string | null;

  @Column({ name: 'login_begun_at', type: 'datetime', precision: 3, nullable: true })
  loginBegunAt!: Date | null;

  @Column({ name: 'group_names', type: 'text', nullable: true })
  groupNames!: string | null;

  @Column({ name: 'groups_source', type: 'varchar', length: 16, nullable: true })
  groupsSource!: GroupsSource | null;

  /** When the groups were told, where that was before the tokens that are kept now; null: together with them. */
  @Column({ name: 'groups_told_at', type: 'datetime', precision: 3, nullable: true })
  groupsToldAt!: Date | null;

  @Column({ name: 'expires_at', type: 'datetime', precision: 3 })
  expiresAt!: Date;

  /** When the provider last vouched; null for grants from before this was noted. */
  @Column({ name: 'vouched_at', type: 'datetime', precision: 3, nullable: true })
  verifiedAt!: Date | null;

  /** Why the grant counts no more; null while it does. */
  @Column({ name: 'end_reason', type: 'varchar', length: 32, nullable: true })
  endReason!: GrantEnd | null;

  /** How the provider last failed to answer; null once it has answered. */
  @Column({ name: 'failure', type: 'varchar', length: 32, nullable: true })
  failure!: ProviderFailing | null;

  /** Since when the provider has failed to answer, and before when it is not asked again. */
  @Column({ name: 'failed_at', type: 'datetime', precision: 3, nullable: true })
  failedAt!: Date | null;

  @Column({ name: 'retry_at', type: 'datetime', precision: 3, nullable: true })
  retryAt!: Date | null;

  /** Who refreshes at the moment, and until when by the database's clock, in milliseconds since 1970. */
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
