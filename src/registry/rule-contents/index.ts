export { fixedDigestOf } from './fixed-digest.js';
export { checkedFixed, demandSoundFixed } from './fixed-settings-check.js';
export { FIXED_RULES, fixedRuleIdOf, fixedRulesOf, isFixedRuleId } from './fixed-rules.js';
export type { FixedRule } from './fixed-rules.js';
export { problemOfPattern, RepositoryPattern } from './repository-pattern.js';
export { isGroupName, problemOfActions } from './rule-parts.js';
