import { Query, Resolver } from '@nestjs/graphql';
import { Public } from '../../access/access.decorators.js';
import { SECRET_RULES } from '../../common/crypto/secret-policy.js';
import { SecretRuleModel } from './secret-rule.model.js';

/** Tells the rule for passwords before somebody breaks it; whoever registers is not logged in yet. */
@Resolver()
export class SecretRulesResolver {
  @Public()
  @Query(() => [SecretRuleModel], { description: 'For forms that say while one types what is still missing.' })
  secretRules(): readonly SecretRuleModel[] {
    return SECRET_RULES;
  }
}
