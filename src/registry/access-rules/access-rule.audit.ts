import type { AuditLabelSource, AuditTargets } from '../../audit/index.js';
import type { CreateAccessRulePayload, DeleteAccessRuleInput } from './access-rule.inputs.js';

/** Where the audit log reads the patterns of access rules. */
export const ACCESS_RULE_LABEL: AuditLabelSource = {
  type: 'access_rule',
  table: 'access_rules',
  column: 'repository_pattern',
};

/** For calls that delete the access rule of their input. */
export const deletedAccessRuleTarget = {
  ofInput: ({ accessRuleId }: DeleteAccessRuleInput) => ({ type: 'access_rule', id: accessRuleId }),
} satisfies AuditTargets<DeleteAccessRuleInput, unknown>;

/** For calls that create an access rule. */
export const createdAccessRuleTarget = {
  ofPayload: ({ accessRule }: CreateAccessRulePayload) => ({
    ...{ type: 'access_rule', id: accessRule.id, label: accessRule.repositoryPattern },
  }),
} satisfies AuditTargets<unknown, CreateAccessRulePayload>;

/** For calls that change the access rule of their input. */
export const accessRuleTarget = { ...deletedAccessRuleTarget, ...createdAccessRuleTarget };
