import { AccessSubjectKind, RegistryAction } from '../protocol/registry-action.js';
import type { RepositoryPattern } from './repository-pattern.js';
import type { TokenScope } from '../protocol/token-scope.js';

/** Who asks something of the registry, with the rights of this moment. */
export interface RegistrySubject {
  /** Null for anybody who has not logged in. */
  readonly userId: string | null;
  readonly username: string;
  /** What `${username}` stands for; null where the name can't stand in a repository name. */
  readonly repositoryName: string | null;
  readonly isAdmin: boolean;
  readonly groups: ReadonlySet<string>;
}

/** Somebody who has not logged in. */
export const ANYBODY: RegistrySubject = {
  userId: null,
  username: '',
  repositoryName: null,
  isAdmin: false,
  groups: new Set(),
};

/** What of an access rule decides. */
export interface DecidingRule {
  readonly id: string;
  readonly pattern: RepositoryPattern;
  readonly actions: ReadonlySet<RegistryAction>;
  readonly subjectKind: AccessSubjectKind;
  readonly userId: string | null;
  readonly groupName: string | null;
}

const IS_FOR: Record<AccessSubjectKind, (rule: DecidingRule, subject: RegistrySubject) => boolean> = {
  ANYONE: () => true,
  AUTHENTICATED: (_rule, { userId }) => userId !== null,
  USER: (rule, { userId }) => userId !== null && rule.userId === userId,
  GROUP: ({ groupName }, { groups }) => groupName !== null && groups.has(groupName),
};

const ACTIONS: ReadonlyMap<string, RegistryAction> = new Map([
  ['pull', RegistryAction.PULL],
  ['push', RegistryAction.PUSH],
  ['delete', RegistryAction.DELETE],
]);

/** The first rule that lets a subject do something with a repository; undefined where none does. Administrators need none. */
export function grantingRule(
  rules: readonly DecidingRule[],
  subject: RegistrySubject,
  repository: string,
  action: RegistryAction,
): DecidingRule | undefined {
  return rulesAbout(rules, subject, repository).find(({ actions }) => actions.has(action));
}

function rulesAbout(rules: readonly DecidingRule[], subject: RegistrySubject, repository: string): DecidingRule[] {
  const components = repository.split('/');
  return rules.filter(
    (rule) => rule.pattern.matches(components, subject.repositoryName) && IS_FOR[rule.subjectKind](rule, subject),
  );
}

/**
 * What is granted of what was asked: the intersection with what the rules allow. To be granted less than one asked for
 * is no error; a resource of which nothing is granted is left out. `*` on a repository stands for every action on it.
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
  const about = subject.isAdmin ? [] : rulesAbout(rules, subject, name);
  return wanted.filter((text) => {
    const action = ACTIONS.get(text);
    return action !== undefined && (subject.isAdmin || about.some(({ actions }) => actions.has(action)));
  });
}
