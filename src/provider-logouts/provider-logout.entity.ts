import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * A logout that the provider reported, kept as long as a login that it ends may still be running. User and session are
 * digests of the provider's identifiers.
 */
@Entity('backchannel_logouts')
@Index('backchannel_logouts_session', ['session'])
@Index('backchannel_logouts_person', ['person'])
@Index('backchannel_logouts_expiry', ['expiresAt'])
export class ProviderLogout {
  /** The digest of the logout token's issuer and `jti`. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  id!: string;

  /** The session at the provider that ended; null: all sessions of the user there. */
  @Column({ name: 'provider_session', type: 'varchar', length: 64, nullable: true })
  session!: string | null;

  @Column({ name: 'provider_person', type: 'varchar', length: 64, nullable: true })
  person!: string | null;

  /** When it was first reported. */
  @Column({ name: 'received_at', type: 'datetime', precision: 3 })
  receivedAt!: Date;

  @Column({ name: 'expires_at', type: 'datetime', precision: 3 })
  expiresAt!: Date;
}
