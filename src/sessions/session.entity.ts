import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { User } from '../users/user.entity.js';

/** A browser session or, without a user, a pending onboarding. */
@Entity('sessions')
@Index('sessions_token_hash', ['tokenHash'], { unique: true })
@Index('sessions_user', ['userId'])
@Index('sessions_expiry', ['expiresAt'])
@Index('sessions_note_expiry', ['noteExpiresAt'])
@Index('sessions_provider_session', ['providerSession'])
@Index('sessions_provider_person', ['providerPerson'])
export class Session {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ name: 'token_hash', type: 'varchar', length: 64 })
  tokenHash!: string;

  @Column({ name: 'user_id', type: 'varchar', length: 36, nullable: true })
  userId!: string | null;

  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'sessions_user_exists' })
  user?: User;

  /** The security stamp of the user at the login; the session ends when the user gets another one. */
  @Column({ name: 'security_stamp', type: 'varchar', length: 36, nullable: true })
  securityStamp!: string | null;

  @Column({ name: 'sealed_onboarding', type: 'text', nullable: true })
  sealedOnboarding!: string | null;

  /** What its browser has begun ({@link SessionNotes}); read only where it is asked for. */
  @Column({ name: 'sealed_note', type: 'text', nullable: true, select: false })
  sealedNote?: string | null;

  /** When the note is out of date; null without one. */
  @Column({ name: 'note_expires_at', type: 'datetime', precision: 3, nullable: true, select: false })
  noteExpiresAt?: Date | null;

  /** The session at the provider, as in `ProviderSession`; null for logins with a password. */
  @Column({ name: 'provider_person', type: 'varchar', length: 64, nullable: true })
  providerPerson!: string | null;

  @Column({ name: 'provider_session', type: 'varchar', length: 64, nullable: true })
  providerSession!: string | null;

  @Column({ name: 'login_begun_at', type: 'datetime', precision: 3, nullable: true })
  loginBegunAt!: Date | null;

  @Column({ name: 'created_at', type: 'datetime', precision: 3 })
  createdAt!: Date;

  @Column({ name: 'last_seen_at', type: 'datetime', precision: 3 })
  lastSeenAt!: Date;

  @Column({ name: 'expires_at', type: 'datetime', precision: 3 })
  expiresAt!: Date;

  @Column({ name: 'remote_address', type: 'varchar', length: 64, nullable: true })
  remoteAddress!: string | null;

  @Column({ name: 'user_agent', type: 'varchar', length: 255, nullable: true })
  userAgent!: string | null;
}

/** The columns of a session without a note. */
export const NO_NOTE = { sealedNote: null, noteExpiresAt: null } satisfies Partial<Session>;
