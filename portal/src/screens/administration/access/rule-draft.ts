import type { AccessRuleInput, AccessSubjectKind, RegistryAction, RuleFragment } from '../../../generated/graphql';

/** What can be done in a registry. */
export const ACTIONS: readonly RegistryAction[] = ['PULL', 'PUSH', 'DELETE'];
/** For whom a rule may be. */
export const SUBJECT_KINDS: readonly AccessSubjectKind[] = ['ANYONE', 'AUTHENTICATED', 'USER', 'GROUP'];

/** What stands in the form of a rule. */
export interface RuleDraft {
  readonly repositoryPattern: string;
  readonly actions: readonly RegistryAction[];
  readonly subjectKind: AccessSubjectKind;
  readonly username: string;
  readonly groupName: string;
}

const NEW_RULE: RuleDraft = {
  repositoryPattern: '',
  actions: ['PULL'],
  subjectKind: 'AUTHENTICATED',
  username: '',
  groupName: '',
};

/** The form as it stands before anybody types. */
export function ruleDraftOf(rule: RuleFragment | undefined): RuleDraft {
  if (!rule) return NEW_RULE;
  const { repositoryPattern, actions, subjectKind, user, group } = rule;
  return { repositoryPattern, actions, subjectKind, username: user?.username ?? '', groupName: group?.name ?? '' };
}

/** The rule as the API takes it. */
export function ruleInputOf(draft: RuleDraft, userId: string | undefined): AccessRuleInput {
  const { repositoryPattern, subjectKind, groupName } = draft;
  return {
    ...{ repositoryPattern, subjectKind, actions: [...draft.actions] },
    ...(subjectKind === 'USER' && { userId: userId ?? '' }),
    ...(subjectKind === 'GROUP' && { groupName }),
  };
}
