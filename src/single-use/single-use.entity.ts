import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A value that may be used once on all replicas: it is used if its row exists. */
@Entity('once_only')
@Index('once_only_expiry', ['expiresAt'])
export class SingleUse {
  @PrimaryColumn({ type: 'varchar', length: 32 })
  purpose!: string;

  @PrimaryColumn({ type: 'varchar', length: 64 })
  hash!: string;

  @Column({ name: 'expires_at', type: 'datetime', precision: 3 })
  expiresAt!: Date;
}
