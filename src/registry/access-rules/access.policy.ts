import { fold } from '../../common/text/case-folding.js';
import { AccessSubjectKind, RegistryAction } from '../protocol/index.js';
import type { RepositoryPattern } from '../rule-contents/index.js';
import type { TokenScope } from '../protocol/index.js';

/** A client of the registry, with its rights of this moment. */
export interface RegistrySubject {
  /** Null for an anonymous client. */
  readonly userId: string | null;
  readonly username: string;
  /** The value of `${username}`; null if the user name is not valid in a repository name. */
  readonly repositoryName: string | null;
  readonly isAdmin: boolean;
  readonly groups: ReadonlySet<string>;
}

/** A client that has not logged in. */
export const ANONYMOUS: RegistrySubject = {
  userId: null,
  username: '',
  repositoryName: null,
  isAdmin: false,
  groups: new Set(),
};

/** The parts of an access rule that decide. */
export interface DecidingRule {
  readonly id: string;
  readonly pattern: RepositoryPattern;
  readonly actions: ReadonlySet<RegistryAction>;
  readonly subjectKind: AccessSubjectKind;
  /** Of a rule for a user: their ID, or in a rule of the settings file the folded user name. */
  readonly userId: string | null;
  readonly foldedName?: string;
  readonly groupName: string | null;
  /** The name of the service whose registry the rule is for; null for all of them. */
  readonly service: string | null;
}

const IS_FOR: Record<AccessSubjectKind, (rule: DecidingRule, subject: RegistrySubject) => boolean> = {
  ANYONE: () => true,
  AUTHENTICATED: (_rule, { userId }) => userId !== null,
  USER: (rule, { userId, username }) =>
    userId !== null && (rule.foldedName === undefined ? rule.userId === userId : rule.foldedName === fold(username)),
  GROUP: ({ groupName }, { groups }) => groupName !== null && groups.has(groupName),
};

const ACTIONS: ReadonlyMap<string, RegistryAction> = new Map([
  ['pull', RegistryAction.PULL],
  ['push', RegistryAction.PUSH],
  ['delete', RegistryAction.DELETE],
]);

/** The rules for the registry of a service. */
export function rulesFor(rules: readonly DecidingRule[], service: string): readonly DecidingRule[] {
  return rules.filter((rule) => rule.service === null || rule.service === service);
}

/** The first rule that grants an action on a repository; undefined if none does. Administrators need no rule. */
export function grantingRule(
  rules: readonly DecidingRule[],
  subject: RegistrySubject,
  repository: string,
  action: RegistryAction,
): DecidingRule | undefined {
  return matchingRules(rules, subject, repository).find(({ actions }) => actions.has(action));
}

function matchingRules(rules: readonly DecidingRule[], subject: RegistrySubject, repository: string): DecidingRule[] {
  const components = repository.split('/');
  return rules.filter(
    (rule) => rule.pattern.matches(components, subject.repositoryName) && IS_FOR[rule.subjectKind](rule, subject),
  );
}

/**
 * The granted part of the requested scopes: their intersection with the rules. A denied action is left out, and so is a
 * resource without granted actions; neither is an error. `*` on a repository stands for every action on it.
 */
export function grantedScopes(
  rules: readonly DecidingRule[],
  subject: RegistrySubject,
  asked: readonly TokenScope[],
): TokenScope[] {
  const granted = asked.map((scope) => ({ ...scope, actions: grantedActions(rules, subject, scope) }));
  return granted.filter(({ actions }) => actions.length > 0);
}

function grantedActions(
  rules: readonly DecidingRule[],
  subject: RegistrySubject,
  { type, name, actions: asked }: TokenScope,
): string[] {
  if (type === 'registry') return subject.isAdmin && name === 'catalog' ? asked.filter((action) => action === '*') : [];
  if (type !== 'repository') return [];
  const wanted = asked.includes('*') ? [...ACTIONS.keys()] : asked;
  const matching = subject.isAdmin ? [] : matchingRules(rules, subject, name);
  return wanted.filter((text) => {
    const action = ACTIONS.get(text);
    return action !== undefined && (subject.isAdmin || matching.some(({ actions }) => actions.has(action)));
  });
}
