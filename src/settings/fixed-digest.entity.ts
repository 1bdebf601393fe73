import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a running process has been given from outside: equal digests mean equal settings and rules. */
@Entity('fixed_settings_digests')
export class FixedDigest {
  /** Of the process. */
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 43 })
  digest!: string;

  /** The name of its machine. */
  @Column({ type: 'varchar', length: 64 })
  host!: string;

  @Column({ name: 'seen_at', type: 'datetime', precision: 3 })
  seenAt!: Date;
}
