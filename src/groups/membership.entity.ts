import { Column, Entity, Index, JoinColumn, ManyToOne, OneToOne, PrimaryColumn } from 'typeorm';
import { User } from '../users/user.entity.js';
import { UserGroup } from './user-group.entity.js';

/** A user in a group: an index over the grants, for lists. No right depends on it. */
@Entity('memberships')
@Index('memberships_group', ['groupId', 'userId'])
export class Membership {
  @PrimaryColumn({ name: 'user_id', type: 'varchar', length: 36 })
  userId!: string;

  @PrimaryColumn({ name: 'group_id', type: 'varchar', length: 36 })
  groupId!: string;

  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'memberships_user_exists' })
  user?: User;

  @ManyToOne(() => UserGroup, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'group_id', foreignKeyConstraintName: 'memberships_group_exists' })
  group?: UserGroup;
}

/** The version of a user's grant that the memberships were made from. */
@Entity('group_indexings')
export class GroupIndexing {
  @PrimaryColumn({ name: 'user_id', type: 'varchar', length: 36 })
  userId!: string;

  @OneToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'group_indexings_user_exists' })
  user?: User;

  @Column({ name: 'grant_version', type: 'integer' })
  grantVersion!: number;
}
