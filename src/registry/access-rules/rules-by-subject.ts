import { fold } from '../../common/text/case-folding.js';
import { AccessSubjectKind } from '../protocol/index.js';
import { DecidingRule, RegistrySubject, rulesFor } from './access.policy.js';

/** Rules by whom they are for: of ten thousand rules, few can concern one client, and only those have to be matched. */
export class RulesBySubject {
  private readonly forAnyone: DecidingRule[] = [];
  private readonly forAuthenticated: DecidingRule[] = [];
  private readonly byUser = new Map<string, DecidingRule[]>();
  private readonly byUsername = new Map<string, DecidingRule[]>();
  private readonly byGroup = new Map<string, DecidingRule[]>();

  constructor(rules: readonly DecidingRule[]) {
    for (const rule of rules) this.listOf(rule).push(rule);
  }

  /**
   * The rules that can concern a client at the registry of a service; in no order. No other rule grants anything to them, and
   * whether one of these does is for {@link grantedScopes} to decide.
   */
  concerning({ userId, username, groups }: RegistrySubject, service: string): readonly DecidingRule[] {
    const lists = [this.forAnyone];
    if (userId !== null) lists.push(this.forAuthenticated, this.byUser.get(userId) ?? []);
    if (userId !== null && this.byUsername.size > 0) lists.push(this.byUsername.get(fold(username)) ?? []);
    for (const group of groups) lists.push(this.byGroup.get(group) ?? []);
    return rulesFor(lists.flat(), service);
  }

  private listOf({ subjectKind, userId, foldedName, groupName }: DecidingRule): DecidingRule[] {
    if (foldedName !== undefined) return listIn(this.byUsername, foldedName);
    if (subjectKind === AccessSubjectKind.USER) return listIn(this.byUser, userId ?? '');
    if (subjectKind === AccessSubjectKind.GROUP) return listIn(this.byGroup, groupName ?? '');
    return subjectKind === AccessSubjectKind.ANYONE ? this.forAnyone : this.forAuthenticated;
  }
}

function listIn(lists: Map<string, DecidingRule[]>, key: string): DecidingRule[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}
