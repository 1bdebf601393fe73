import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** That a person with an identity without an account waits, or asks for an account that is theirs: one for each identity. */
@Entity('identity_requests')
@Index('identity_requests_identity', ['issuer', 'subject'], { unique: true })
@Index('identity_requests_expiry', ['expiresAt'])
export class IdentityRequest {
  /** Another one after each change, so that a decision holds only for the request that was shown. */
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 255 })
  issuer!: string;

  @Column({ type: 'varchar', length: 255 })
  subject!: string;

  /** The user name that the person says is theirs; perhaps nobody has it. Empty while they only wait for a user name. */
  @Column({ name: 'wanted_name', type: 'varchar', length: 255 })
  wantedName!: string;

  /** As the provider said at the login of the request. Shown to administrators, and compared with nothing. */
  @Column({ type: 'varchar', length: 255, nullable: true })
  email!: string | null;

  @Column({ name: 'real_name', type: 'varchar', length: 255, nullable: true })
  realName!: string | null;

  @Column({ name: 'claimed_name', type: 'varchar', length: 255, nullable: true })
  claimedName!: string | null;

  /** When the person asked first. */
  @Column({ name: 'created_at', type: 'datetime', precision: 3 })
  createdAt!: Date;

  @Column({ name: 'expires_at', type: 'datetime', precision: 3 })
  expiresAt!: Date;
}
