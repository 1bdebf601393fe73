import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { AuthMode } from '../settings/auth-mode.js';
import { SettingsRow } from '../settings/settings.entity.js';

/** The id of the account that exists from the first start. */
export const BUILT_IN_ADMIN_ID = '00000000-0000-7000-8000-000000000001';
/** The user name of the built-in administrator, folded. */
export const BUILT_IN_ADMIN_NAME = 'admin';

/**
 * A user, or the tombstone of a deleted one or of a former name, which keeps the name, or its digest, taken for ever. `mode` is the auth mode that the account
 * belongs to, null for the built-in administrator and for tombstones. It references the mode in force, so the database
 * itself refuses to switch the mode while a user of the old mode exists, and refuses a user of the wrong mode.
 */
@Entity('users')
@Index('users_folded_name', ['foldedName'], { unique: true })
@Index('users_name_skeleton', ['nameSkeleton'])
@Index('users_name_digest', ['nameDigest'], { unique: true })
@Index('users_identity', ['issuer', 'subject'], { unique: true })
@Index('users_mode', ['mode'])
@Index('users_local_email', ['localEmail'], { unique: true })
@Index('users_folded_email', ['foldedEmail'])
@Index('users_disabled', ['isDisabled', 'foldedName'])
@Index('users_words_due', ['wordsDue'])
@Index('users_admin', ['isAdmin', 'foldedName'])
export class User {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 16, nullable: true })
  mode!: AuthMode | null;

  @ManyToOne(() => SettingsRow, { onUpdate: 'RESTRICT', onDelete: 'RESTRICT' })
  @JoinColumn({ name: 'mode', referencedColumnName: 'authMode', foreignKeyConstraintName: 'users_mode_in_force' })
  modeInForce?: SettingsRow;

  @Column({ type: 'varchar', length: 255 })
  username!: string;

  @Column({ name: 'folded_name', type: 'varchar', length: 255 })
  foldedName!: string;

  /**
   * The keyed digest of the folded name. A removed user leaves only this one, so that nobody else gets the name; null for users
   * of older releases.
   */
  @Column({ name: 'name_digest', type: 'varchar', length: 43, nullable: true })
  nameDigest!: string | null;

  /** The skeleton of the name (UTS #39), for look-alikes, or its digest in a tombstone; null if it equals the folded name. */
  @Column({ name: 'name_skeleton', type: 'varchar', length: 255, nullable: true })
  nameSkeleton!: string | null;

  /** For a tombstone that keeps a former name taken: the id of the user who had it; else null. */
  @Column({ name: 'renamed_to', type: 'varchar', length: 36, nullable: true })
  renamedTo!: string | null;

  @Column({ type: 'varchar', length: 255, nullable: true })
  email!: string | null;

  /** The folded address of a user who is not deleted, for searches; it never identifies a user. */
  @Column({ name: 'folded_email', type: 'varchar', length: 255, nullable: true })
  foldedEmail!: string | null;

  /** The folded address of a local account, unique among local accounts; else null. */
  @Column({ name: 'local_email', type: 'varchar', length: 255, nullable: true })
  localEmail!: string | null;

  @Column({ name: 'real_name', type: 'varchar', length: 255, nullable: true })
  realName!: string | null;

  /** Whether the person set the real name: then it does not follow the provider. */
  @Column({ name: 'has_own_real_name', type: 'boolean', default: false })
  hasOwnRealName!: boolean;

  /**
   * Set while the stored words of the user may not be those of the names and the address: a random value of the last change, or
   * `new`. Each write of these columns sets it in the same statement.
   */
  @Column({ name: 'words_due', type: 'varchar', length: 36, nullable: true, default: 'new', select: false })
  wordsDue!: string | null;

  @Column({ type: 'varchar', length: 255, nullable: true })
  comment!: string | null;

  @Column({ name: 'password_hash', type: 'varchar', length: 255, nullable: true })
  passwordHash!: string | null;

  @Column({ name: 'is_admin', type: 'boolean' })
  isAdmin!: boolean;

  @Column({ name: 'is_disabled', type: 'boolean' })
  isDisabled!: boolean;

  @Column({ type: 'varchar', length: 255, nullable: true })
  issuer!: string | null;

  @Column({ type: 'varchar', length: 255, nullable: true })
  subject!: string | null;

  @Column({ name: 'security_stamp', type: 'varchar', length: 36 })
  securityStamp!: string;

  @Column({ name: 'created_at', type: 'datetime', precision: 3 })
  createdAt!: Date;

  @Column({ name: 'updated_at', type: 'datetime', precision: 3 })
  updatedAt!: Date;

  @Column({ name: 'deleted_at', type: 'datetime', precision: 3, nullable: true })
  deletedAt!: Date | null;

  @Column({ name: 'last_login_at', type: 'datetime', precision: 3, nullable: true })
  lastLoginAt!: Date | null;
}
