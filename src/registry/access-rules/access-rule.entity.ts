import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { groupNameOf } from '../../settings/group-name.js';
import { User } from '../../users/user.entity.js';
import { AccessSubjectKind, RegistryAction } from '../protocol/index.js';

const listOfActions = {
  to: (actions: readonly RegistryAction[] | undefined) => actions?.join(','),
  from: (text: string) => text.split(',') as RegistryAction[],
};

/** Older releases stored the name as it was typed, and groups are compared in NFC. */
const groupNameInNfc = {
  to: (name: string | null | undefined) => name && groupNameOf(name),
  from: (name: string | null) => name && groupNameOf(name),
};

/**
 * Grants actions on the repositories that a pattern matches. A deleted rule keeps its row, so that the sum of all versions
 * grows with every change of any rule: a process compares that sum to know whether its cached rules are in force.
 */
@Entity('access_rules')
@Index('access_rules_user', ['userId'])
@Index('access_rules_version', ['version'])
export class AccessRule {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  id!: string;

  @Column({ name: 'repository_pattern', type: 'varchar', length: 255 })
  repositoryPattern!: string;

  @Column({ name: 'granted_actions', type: 'varchar', length: 64, transformer: listOfActions })
  actions!: readonly RegistryAction[];

  @Column({ name: 'subject_kind', type: 'varchar', length: 16 })
  subjectKind!: AccessSubjectKind;

  @Column({ name: 'user_id', type: 'varchar', length: 36, nullable: true })
  userId!: string | null;

  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'access_rules_user_exists' })
  user?: User | null;

  /** Of a rule of the settings file, which has no row: the user name that it is for, as the file has it. */
  username?: string | null;

  /** By name, because a group may have a rule before any of its members has logged in. */
  @Column({ name: 'group_name', type: 'varchar', length: 255, nullable: true, transformer: groupNameInNfc })
  groupName!: string | null;

  /** The name of the service whose registry the rule is for; null for all of them, as rules of older releases are. */
  @Column({ name: 'service_name', type: 'varchar', length: 255, nullable: true })
  service!: string | null;

  @Column({ type: 'integer' })
  version!: number;

  @Column({ name: 'created_at', type: 'datetime', precision: 3 })
  createdAt!: Date;

  @Column({ name: 'updated_at', type: 'datetime', precision: 3 })
  updatedAt!: Date;

  @Column({ name: 'deleted_at', type: 'datetime', precision: 3, nullable: true })
  deletedAt!: Date | null;
}
