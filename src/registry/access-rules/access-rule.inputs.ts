import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import type { AuditChange } from '../../audit/changes/index.js';
import { AccessRuleModel } from './access-rule.model.js';
import { AccessSubjectKind, RegistryAction } from '../protocol/index.js';

/** The contents of an access rule. */
@InputType({
  description:
    'USER needs userId; GROUP needs groupId or groupName (a group may be named before any of its members has logged in); the others need neither. A rule for ANYONE may contain only PULL.',
})
export class AccessRuleInput {
  @Field(() => String)
  repositoryPattern!: string;

  @Field(() => [RegistryAction])
  actions!: readonly RegistryAction[];

  @Field(() => AccessSubjectKind)
  subjectKind!: AccessSubjectKind;

  @Field(() => ID, { nullable: true })
  userId?: string | null;

  @Field(() => ID, { nullable: true })
  groupId?: string | null;

  @Field(() => String, { nullable: true })
  groupName?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The name of a registryServices entry: the rule then counts only at its registry. Null: at all of them. Left out of an update: as before.',
  })
  service?: string | null;
}

/** The rule to create. */
@InputType()
export class CreateAccessRuleInput {
  @Field(() => AccessRuleInput)
  rule!: AccessRuleInput;
}

/** The new contents of a rule. */
@InputType()
export class UpdateAccessRuleInput {
  @Field(() => ID)
  accessRuleId!: string;

  @Field(() => AccessRuleInput)
  rule!: AccessRuleInput;
}

/** The rule to delete. */
@InputType()
export class DeleteAccessRuleInput {
  @Field(() => ID)
  accessRuleId!: string;
}

/** A rule, and the names of users that it affects. */
@ObjectType({ isAbstract: true })
abstract class AccessRulePayload {
  @Field(() => AccessRuleModel)
  accessRule!: AccessRuleModel;

  @Field(() => [String])
  namesAffected!: readonly string[];

  @Field(() => [String], {
    description: 'What the rule probably does not do as meant, in sentences; it was saved all the same.',
  })
  warnings!: readonly string[];

  /** For the audit log; not a field of the API. */
  changes!: readonly AuditChange[];
}

const NAMES_AFFECTED =
  "namesAffected: existing users who gain access through ${username}, or whose name matches the pattern's first component; a hundred at most.";

/** The created rule. */
@ObjectType({ description: NAMES_AFFECTED })
export class CreateAccessRulePayload extends AccessRulePayload {}

/** The updated rule. */
@ObjectType({ description: NAMES_AFFECTED })
export class UpdateAccessRulePayload extends AccessRulePayload {}

/** The deleted rule. */
@ObjectType()
export class DeleteAccessRulePayload {
  @Field(() => ID)
  accessRuleId!: string;

  /** For the audit log; not a field of the API. */
  changes!: readonly AuditChange[];
}
