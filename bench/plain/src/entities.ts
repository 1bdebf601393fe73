import { Column, Entity, JoinColumn, OneToOne, PrimaryColumn } from 'typeorm';

/** The CLI secret of a user, as a keyed digest. */
@Entity('cli_secrets')
export class CliSecret {
  @PrimaryColumn({ name: 'user_id' })
  userId!: string;

  @Column({ type: 'varchar', nullable: true })
  digest!: string | null;
}

/** The provider's tokens of a user, and the groups. */
@Entity('provider_grants')
export class Grant {
  @PrimaryColumn({ name: 'user_id' })
  userId!: string;

  @Column({ name: 'group_names', type: 'text', nullable: true })
  groupNames!: string | null;

  @Column({ name: 'expires_at', type: 'datetime' })
  expiresAt!: Date;

  @Column({ name: 'end_reason', type: 'varchar', nullable: true })
  endReason!: string | null;
}

/** A user of Mooring's table. */
@Entity('users')
export class User {
  @PrimaryColumn()
  id!: string;

  @Column()
  username!: string;

  @Column({ name: 'folded_name' })
  foldedName!: string;

  @Column({ name: 'is_admin' })
  isAdmin!: boolean;

  @Column({ name: 'is_disabled' })
  isDisabled!: boolean;

  @Column({ name: 'deleted_at', type: 'datetime', nullable: true })
  deletedAt!: Date | null;

  @OneToOne(() => CliSecret)
  @JoinColumn({ name: 'id', referencedColumnName: 'userId' })
  secret!: CliSecret | null;

  @OneToOne(() => Grant)
  @JoinColumn({ name: 'id', referencedColumnName: 'userId' })
  grant!: Grant | null;
}

/** The token of a caller. */
@Entity('service_tokens')
export class ServiceToken {
  @PrimaryColumn()
  id!: string;

  @Column()
  hash!: string;

  @Column({ name: 'expires_at', type: 'datetime', nullable: true })
  expiresAt!: Date | null;
}
