import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Something that may be used once, on whatever replica: used means that its row is here. */
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
