import { AuditChange, changesBetween } from '../../audit/changes/index.js';
import type { AuditLabelSource, AuditTargets } from '../../audit/index.js';
import type { AccessRule } from './access-rule.entity.js';
import type { CreateAccessRulePayload, DeleteAccessRuleInput, DeleteAccessRulePayload } from './access-rule.inputs.js';

/** Where the audit log reads the patterns of access rules. */
export const ACCESS_RULE_LABEL: AuditLabelSource = {
  type: 'access_rule',
  table: 'access_rules',
  column: 'repository_pattern',
};

/** For calls that delete the access rule of their input. */
export const deletedAccessRuleTarget = {
  ofInput: ({ accessRuleId }: DeleteAccessRuleInput) => ({ type: 'access_rule', id: accessRuleId }),
  changesOf: ({ changes }: DeleteAccessRulePayload) => changes,
} satisfies AuditTargets<DeleteAccessRuleInput, DeleteAccessRulePayload>;

/** As much of the name of a service as the detail of an event has room for. */
const LONGEST_SERVICE = 200;

/** For calls that create an access rule; the detail names the service that it is for, if it is for one. */
export const createdAccessRuleTarget = {
  ofPayload: ({ accessRule }: CreateAccessRulePayload) => ({
    ...{ type: 'access_rule', id: accessRule.id, label: accessRule.repositoryPattern },
  }),
  detailOf: ({ accessRule: { service } }: CreateAccessRulePayload) =>
    service === null ? null : `for the service ${JSON.stringify(service.slice(0, LONGEST_SERVICE))}`,
  changesOf: ({ changes }: CreateAccessRulePayload) => changes,
} satisfies AuditTargets<unknown, CreateAccessRulePayload>;

/** For calls that change the access rule of their input. */
export const accessRuleTarget = { ...deletedAccessRuleTarget, ...createdAccessRuleTarget };

/** What differs between two versions of a rule; null: before it was created, or after it was deleted. */
export function ruleChanges(before: AccessRule | null, after: AccessRule | null): AuditChange[] {
  return changesBetween(before && contentOf(before), after && contentOf(after));
}

/** A user is named with the id, by which the name is found when it has to be erased. */
function contentOf({ repositoryPattern, actions, subjectKind, userId, user, groupName, service }: AccessRule) {
  const named = userId === null ? null : `${user?.username ?? ''} (${userId})`.trim();
  return { repositoryPattern, actions: actions.join(', '), subjectKind, user: named, group: groupName, service };
}
