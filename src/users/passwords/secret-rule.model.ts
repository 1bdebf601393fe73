import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import { SecretRuleName } from '../../common/crypto/secret-policy.js';

registerEnumType(SecretRuleName, { name: 'SecretRuleName' });

/** One rule for passwords, as clients see it. */
@ObjectType('SecretRule', { description: 'A rule for every password and every self-chosen CLI secret.' })
export class SecretRuleModel {
  @Field(() => SecretRuleName)
  name!: SecretRuleName;

  @Field(() => String, {
    description: 'An ECMAScript regular expression, with the flag u, that the secret must match.',
  })
  pattern!: string;
}
