import { Column, Entity, JoinColumn, OneToOne, PrimaryColumn } from 'typeorm';
import { User } from '../users/user.entity.js';

/** Where the groups of a grant were read. */
export type GroupsSource = 'ID_TOKEN' | 'USERINFO';

/**
 * What the provider last vouched for about one user: its tokens, sealed, with the issuer and client id that they came
 * from, and the groups as they were told (null: never told).
 */
@Entity('provider_grants')
export class ProviderGrant {
  @PrimaryColumn({ name: 'user_id', type: 'varchar', length: 36 })
  userId!: string;

  @OneToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'provider_grants_user_exists' })
  user?: User;

  @Column({ type: 'varchar', length: 255 })
  issuer!: string;

  @Column({ name: 'client_id', type: 'varchar', length: 255 })
  clientId!: string;

  @Column({ name: 'sealed_id_token', type: 'text' })
  sealedIdToken!: string;

  @Column({ name: 'sealed_access_token', type: 'text', nullable: true })
  sealedAccessToken!: string | null;

  @Column({ name: 'sealed_refresh_token', type: 'text', nullable: true })
  sealedRefreshToken!: string | null;

  @Column({ name: 'group_names', type: 'text', nullable: true })
  groupNames!: string | null;

  @Column({ name: 'groups_source', type: 'varchar', length: 16, nullable: true })
  groupsSource!: GroupsSource | null;

  @Column({ name: 'expires_at', type: 'datetime', precision: 3 })
  expiresAt!: Date;

  @Column({ type: 'integer' })
  version!: number;
}
