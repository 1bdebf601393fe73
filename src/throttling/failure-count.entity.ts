import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * How many different wrong credentials came from one address, for one user, or from one address for one user; or how many
 * registrations came from one address. Names, addresses and credentials are stored only as keyed digests.
 */
@Entity('guess_counts')
@Index('guess_counts_end', ['endsAt'])
@Index('guess_counts_owner', ['owner', 'trustedUntil'])
export class FailureCount {
  /** A keyed digest of the budget's key. */
  @PrimaryColumn({ type: 'varchar', length: 43 })
  bucket!: string;

  @Column({ type: 'integer' })
  failures!: number;

  /** Short keyed digests of what was counted, so that the same wrong credential counts once. */
  @Column({ type: 'text' })
  credentials!: string;

  /** When the count ends, in milliseconds since 1970. */
  @Column({ name: 'ends_at', type: 'bigint' })
  endsAt!: number;

  /** Until when the address is trusted for the user, in milliseconds since 1970; zero if it is not. */
  @Column({ name: 'trusted_until', type: 'bigint' })
  trustedUntil!: number;

  /** A keyed digest of the user for whom the address is trusted; null if it is not. */
  @Column({ type: 'varchar', length: 43, nullable: true })
  owner!: string | null;
}
