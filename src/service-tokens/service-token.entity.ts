import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { ServiceTokenRole } from '../access/principal.js';
import { User } from '../users/user.entity.js';

/** The token with which a program calls the API; only its hash is stored. */
@Entity('service_tokens')
@Index('service_tokens_hash', ['hash'], { unique: true })
export class ServiceToken {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ type: 'varchar', length: 255 })
  name!: string;

  @Column({ name: 'token_role', type: 'varchar', length: 16 })
  role!: ServiceTokenRole;

  @Column({ type: 'varchar', length: 64 })
  hash!: string;

  /** Null if the token belongs to the installation, because its creator was removed. */
  @Column({ name: 'created_by', type: 'varchar', length: 36, nullable: true })
  createdBy!: string | null;

  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'created_by', foreignKeyConstraintName: 'service_tokens_creator_exists' })
  creator?: User | null;

  @Column({ name: 'created_at', type: 'datetime', precision: 3 })
  createdAt!: Date;

  @Column({ name: 'last_used_at', type: 'datetime', precision: 3, nullable: true })
  lastUsedAt!: Date | null;

  @Column({ name: 'expires_at', type: 'datetime', precision: 3, nullable: true })
  expiresAt!: Date | null;
}
