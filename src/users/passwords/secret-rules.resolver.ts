import { Query, Resolver } from '@nestjs/graphql';
import { Public } from '../../access/access.decorators.js';
import { SECRET_RULES } from '../../common/crypto/secret-policy.js';
import { SecretRuleModel } from './secret-rule.model.js';

/** The rules for passwords, for forms. Public, because self-registration needs them before a login. */
@Resolver()
export class SecretRulesResolver {
  @Public()
  @Query(() => [SecretRuleModel], { description: 'For forms that show during input which rules are not met yet.' })
  secretRules(): readonly SecretRuleModel[] {
    return SECRET_RULES;
  }
}
