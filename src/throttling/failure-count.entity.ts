import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * How many different wrong credentials one address sent, one user was aimed at with, or one address sent for one user; or
 * how many accounts one address wanted.
 * Neither names nor addresses nor credentials can be read out of it.
 */
@Entity('guess_counts')
@Index('guess_counts_end', ['endsAt'])
@Index('guess_counts_owner', ['owner', 'trustedUntil'])
export class FailureCount {
  /** A keyed digest of whose budget it is. */
  @PrimaryColumn({ type: 'varchar', length: 43 })
  bucket!: string;

  @Column({ type: 'integer' })
  failures!: number;

  /** Short keyed digests of what was counted, so that the same wrong credential counts once. */
  @Column({ type: 'text' })
  credentials!: string;

  /** Until when they count, in milliseconds since 1970. */
  @Column({ name: 'ends_at', type: 'bigint' })
  endsAt!: number;

  /** Until when the address is known to this user, in milliseconds since 1970; zero where it is not. */
  @Column({ name: 'trusted_until', type: 'bigint' })
  trustedUntil!: number;

  /** A keyed digest of the user to whom the address is known; null where it is not. */
  @Column({ type: 'varchar', length: 43, nullable: true })
  owner!: string | null;
}
