export { AccessRuleAdministration } from './access-rule-administration.service.js';
export { AccessDecision } from './access-rule.model.js';
export { AccessRules } from './access-rules.service.js';
export { ANONYMOUS, grantedScopes, grantingRule, rulesFor } from './access.policy.js';
export type { RegistrySubject } from './access.policy.js';
export { RuleBook } from './rule-book.service.js';
export { RULE_STAMP } from './rule-stamp.statements.js';
export { RulesOfRemoved, RulesOfRemovedModule } from './rules-of-removed.service.js';
