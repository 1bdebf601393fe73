import { INVISIBLE } from '../../common/text/invisible-characters.js';
import { groupNameOf } from '../../settings/group-name.js';
import { AccessSubjectKind, RegistryAction } from '../protocol/index.js';

const LONGEST_GROUP_NAME = 255;

/** What a rule allows, and whom. */
interface Allowed {
  readonly actions: readonly RegistryAction[];
  readonly subjectKind: AccessSubjectKind;
}

/** The problem of the actions of a rule for subjects of a kind; undefined if there is none. */
export function problemOfActions({ actions, subjectKind }: Allowed): { code: string; message: string } | undefined {
  if (actions.length === 0) return { code: 'EMPTY', message: 'must contain at least one action.' };
  const isForAnyone = subjectKind === AccessSubjectKind.ANYONE;
  if (isForAnyone && actions.some((action) => action !== RegistryAction.PULL)) {
    return { code: 'NOT_FOR_ANYONE', message: 'may only be PULL in a rule for ANYONE.' };
  }
  return undefined;
}

/** Whether a rule may name a group like this. */
export function isGroupName(typed: string): boolean {
  const name = groupNameOf(typed);
  return name.trim() !== '' && name.length <= LONGEST_GROUP_NAME && !INVISIBLE.test(name);
}
