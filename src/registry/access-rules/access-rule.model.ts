import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { DateTime } from '../../graphql/scalars/index.js';
import { PageInfo } from '../../graphql/index.js';
import { GroupModel } from '../../groups/index.js';
import { UserModel } from '../../users/models/index.js';
import { AccessRule } from './access-rule.entity.js';
import { AccessSubjectKind, RegistryAction } from '../protocol/index.js';

/** An access rule as the API shows it. */
@ObjectType('AccessRule', {
  description:
    'Grants actions on the repositories that the pattern matches. A rule of a deleted user grants nothing and is not listed.',
})
export class AccessRuleModel {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  repositoryPattern!: string;

  @Field(() => [RegistryAction])
  actions!: readonly RegistryAction[];

  @Field(() => AccessSubjectKind)
  subjectKind!: AccessSubjectKind;

  @Field(() => UserModel, { nullable: true })
  user!: UserModel | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The user name of a rule for a USER. A rule of SETTINGS_FILE may be for a name that nobody has yet: then user is null.',
  })
  username!: string | null;

  @Field(() => GroupModel, { nullable: true })
  group!: GroupModel | null;

  @Field(() => String, {
    nullable: true,
    description: 'The name of the service at whose registry the rule counts; null: at all of them.',
  })
  service!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why the rule cannot be changed or deleted here; null if it can.',
  })
  readOnlyReason!: string | null;

  @Field(() => DateTime)
  createdAt!: Date;

  @Field(() => DateTime)
  updatedAt!: Date;

  /** @param groups must contain the rule's group, if it has one */
  static of(rule: AccessRule, groups: readonly GroupModel[], readOnlyReason: string | null): AccessRuleModel {
    const { id, repositoryPattern, actions, subjectKind, user, groupName, service, createdAt, updatedAt } = rule;
    return Object.assign(new AccessRuleModel(), {
      ...{ id, repositoryPattern, actions, subjectKind, service, createdAt, updatedAt },
      user: user ? UserModel.of(user) : null,
      username: user?.username ?? rule.username ?? null,
      readOnlyReason,
      group: groups.find(({ name }) => name === groupName) ?? null,
    });
  }
}

/** An entry of the list of rules. */
@ObjectType()
export class AccessRuleEdge {
  @Field(() => String)
  cursor!: string;

  @Field(() => AccessRuleModel)
  node!: AccessRuleModel;
}

/** A page of rules. */
@ObjectType()
export class AccessRuleConnection {
  @Field(() => [AccessRuleEdge])
  edges!: readonly AccessRuleEdge[];

  @Field(() => PageInfo)
  pageInfo!: PageInfo;

  @Field(() => Int, { nullable: true })
  totalCount!: number | null;
}

/** Whether something is allowed, and why. */
@ObjectType({
  description: 'rule is the granting rule; null if no rule grants it, or if an administrator needs none.',
})
export class AccessDecision {
  @Field(() => Boolean)
  allowed!: boolean;

  @Field(() => String)
  reason!: string;

  @Field(() => AccessRuleModel, { nullable: true })
  rule!: AccessRuleModel | null;
}
