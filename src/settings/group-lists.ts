import { groupNameOf } from './group-name.js';
import { shortText } from './setting.js';

const MOST_NAMES = 100;
const LONGEST_NAME = 255;
const nameProblem = shortText(LONGEST_NAME);

/** The problem of a list of group names, if any. */
export function groupNamesProblem(names: readonly string[]): string | undefined {
  if (names.length > MOST_NAMES) return `must not contain more than ${MOST_NAMES} names.`;
  if (new Set(names.map(groupNameOf)).size < names.length) return 'must not contain the same name twice.';
  const problem = names.map(nameProblem).find((one) => one !== undefined);
  return problem && `has a name that ${problem}`;
}

/** Group names as they are stored. */
export const groupNamesOf = (names: readonly string[]): readonly string[] => names.map(groupNameOf);

/** The admin groups, and the first of them under the name that the first release knew; null without any. */
export interface AdminGroups {
  readonly adminGroup: string | null;
  readonly adminGroups: readonly string[];
}

type Given = { readonly [Name in keyof AdminGroups]?: AdminGroups[Name] | null };

/** Whether a change names another first admin group than the first of its list. */
export function contradictsAdminGroups({ adminGroup, adminGroups }: Given): boolean {
  if (adminGroup === undefined || !adminGroups) return false;
  return (adminGroups[0] ?? null) !== adminGroup;
}

/**
 * What a change of `adminGroup` or `adminGroups` changes in both. A list whose first name is another than `adminGroup` is
 * out of date: the first release has changed `adminGroup` since.
 */
export function bothAdminGroups(given: Given): Partial<AdminGroups> {
  const { adminGroup, adminGroups } = given;
  if (adminGroup === undefined && !adminGroups) return {};
  if (adminGroups && !contradictsAdminGroups(given)) return { adminGroup: adminGroups[0] ?? null, adminGroups };
  return { adminGroup: adminGroup ?? null, adminGroups: adminGroup == null ? [] : [adminGroup] };
}
