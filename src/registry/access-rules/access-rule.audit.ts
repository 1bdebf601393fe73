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

/** As much of the name of a service as the detail of an event has room for. */
const LONGEST_SERVICE = 200;

/** For calls that create an access rule; the detail names the service that it is for, if it is for one. */
export const createdAccessRuleTarget = {
  ofPayload: ({ accessRule }: CreateAccessRulePayload) => ({
    ...{ type: 'access_rule', id: accessRule.id, label: accessRule.repositoryPattern },
  }),
  detailOf: ({ accessRule: { service } }: CreateAccessRulePayload) =>
    service === null ? null : `for the service ${JSON.stringify(service.slice(0, LONGEST_SERVICE))}`,
} satisfies AuditTargets<unknown, CreateAccessRulePayload>;

/** For calls that change the access rule of their input. */
export const accessRuleTarget = { ...deletedAccessRuleTarget, ...createdAccessRuleTarget };
