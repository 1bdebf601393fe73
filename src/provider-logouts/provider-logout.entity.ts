import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * A logout at the provider that it has told us of, kept for as long as a login that it ends may still be under way. Who
 * and what it names are digests of identifiers that the provider chose.
 */
@Entity('backchannel_logouts')
@Index('backchannel_logouts_session', ['session'])
@Index('backchannel_logouts_person', ['person'])
@Index('backchannel_logouts_expiry', ['expiresAt'])
export class ProviderLogout {
  /** The digest of the logout token's issuer and `jti`. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  id!: string;

  /** The one session at the provider that has ended; null: all of the person's. */
  @Column({ name: 'provider_session', type: 'varchar', length: 64, nullable: true })
  session!: string | null;

  @Column({ name: 'provider_person', type: 'varchar', length: 64, nullable: true })
  person!: string | null;

  /** When we were told of it first. */
  @Column({ name: 'received_at', type: 'datetime', precision: 3 })
  receivedAt!: Date;

  @Column({ name: 'expires_at', type: 'datetime', precision: 3 })
  expiresAt!: Date;
}
