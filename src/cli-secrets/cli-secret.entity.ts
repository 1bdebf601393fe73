import { Column, Entity, JoinColumn, OneToOne, PrimaryColumn } from 'typeorm';
import { User } from '../users/user.entity.js';

/** The origin of a CLI secret. */
export enum CliSecretOrigin {
  GENERATED = 'GENERATED',
  CUSTOM = 'CUSTOM',
}

/** The CLI secret of a user. A revocation empties the row and keeps it, so that no new secret is made automatically. */
@Entity('cli_secrets')
export class CliSecret {
  @PrimaryColumn({ name: 'user_id', type: 'varchar', length: 36 })
  userId!: string;

  @OneToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'cli_secrets_user_exists' })
  user?: User;

  @Column({ name: 'sealed_secret', type: 'text', nullable: true })
  sealedSecret!: string | null;

  @Column({ type: 'varchar', length: 64, nullable: true })
  digest!: string | null;

  @Column({ type: 'varchar', length: 16 })
  origin!: CliSecretOrigin;

  @Column({ name: 'created_at', type: 'datetime', precision: 3 })
  createdAt!: Date;

  @Column({ name: 'last_used_at', type: 'datetime', precision: 3, nullable: true })
  lastUsedAt!: Date | null;
}
