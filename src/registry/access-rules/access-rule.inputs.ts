import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { AccessRuleModel } from './access-rule.model.js';
import { AccessSubjectKind, RegistryAction } from '../protocol/registry-action.js';

/** What an access rule says. */
@InputType({
  description:
    'USER needs userId; GROUP needs groupId or groupName (a group may be named before anybody of it has logged in); the others need neither. A rule for ANYONE may hold PULL alone.',
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
}

/** A rule that is to be. */
@InputType()
export class CreateAccessRuleInput {
  @Field(() => AccessRuleInput)
  rule!: AccessRuleInput;
}

/** What a rule is to say from now on. */
@InputType()
export class UpdateAccessRuleInput {
  @Field(() => ID)
  accessRuleId!: string;

  @Field(() => AccessRuleInput)
  rule!: AccessRuleInput;
}

/** Which rule is to go. */
@InputType()
export class DeleteAccessRuleInput {
  @Field(() => ID)
  accessRuleId!: string;
}

/** A rule, and whom it touches by name. */
@ObjectType({ isAbstract: true })
abstract class AccessRulePayload {
  @Field(() => AccessRuleModel)
  accessRule!: AccessRuleModel;

  @Field(() => [String])
  namesAffected!: readonly string[];
}

const NAMES_AFFECTED =
  'namesAffected: existing user names to which the rule hands something by ${username} or a like first part, a hundred at most.';

/** The rule that was made. */
@ObjectType({ description: NAMES_AFFECTED })
export class CreateAccessRulePayload extends AccessRulePayload {}

/** The rule as it is now. */
@ObjectType({ description: NAMES_AFFECTED })
export class UpdateAccessRulePayload extends AccessRulePayload {}

/** Which rule has gone. */
@ObjectType()
export class DeleteAccessRulePayload {
  @Field(() => ID)
  accessRuleId!: string;
}
