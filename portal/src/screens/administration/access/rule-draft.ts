import type { AccessRuleInput, AccessSubjectKind, RegistryAction, RuleFragment } from '../../../generated/graphql';

/** The actions in a registry. */
export const ACTIONS: readonly RegistryAction[] = ['PULL', 'PUSH', 'DELETE'];
/** The kinds of subjects of a rule. */
export const SUBJECT_KINDS: readonly AccessSubjectKind[] = ['ANYONE', 'AUTHENTICATED', 'USER', 'GROUP'];

/** The values of the rule form. */
export interface RuleDraft {
  readonly repositoryPattern: string;
  readonly actions: readonly RegistryAction[];
  readonly subjectKind: AccessSubjectKind;
  readonly username: string;
  readonly groupName: string;
  /** The name of the service that the rule is for; empty for all of them. */
  readonly service: string;
}

const NEW_RULE: RuleDraft = {
  repositoryPattern: '',
  actions: ['PULL'],
  subjectKind: 'AUTHENTICATED',
  username: '',
  groupName: '',
  service: '',
};

/** The initial values of the form. */
export function ruleDraftOf(rule: RuleFragment | undefined): RuleDraft {
  if (!rule) return NEW_RULE;
  const { repositoryPattern, actions, subjectKind, user, group, service } = rule;
  const names = { username: user?.username ?? '', groupName: group?.name ?? '', service: service ?? '' };
  return { repositoryPattern, actions, subjectKind, ...names };
}

/** The rule as input of the API. */
export function ruleInputOf(draft: RuleDraft, userId: string | undefined): AccessRuleInput {
  const { repositoryPattern, subjectKind, groupName, service } = draft;
  return {
    ...{ repositoryPattern, subjectKind, actions: [...draft.actions], service: service || null },
    ...(subjectKind === 'USER' && { userId: userId ?? '' }),
    ...(subjectKind === 'GROUP' && { groupName }),
  };
}

/** Whether a rule lets its subject push and not pull, which clients can't do. */
export function isPushOnly({ actions }: RuleDraft): boolean {
  return actions.includes('PUSH') && !actions.includes('PULL');
}
