import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import { SecretRuleName } from '../../common/crypto/secret-policy.js';

registerEnumType(SecretRuleName, { name: 'SecretRuleName' });

/** One part of the rule for passwords, as clients see it. */
@ObjectType('SecretRule', { description: 'What every password and self-chosen CLI secret has.' })
export class SecretRuleModel {
  @Field(() => SecretRuleName)
  name!: SecretRuleName;

  @Field(() => String, {
    description: 'A regular expression of ECMAScript, with the flag u, that a secret has to match.',
  })
  pattern!: string;
}
