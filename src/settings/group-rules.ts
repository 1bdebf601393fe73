import { RE2JS } from 're2js';
import { UNSEEN } from '../common/unseen.js';

/** What of the settings decides about groups. */
export interface GroupSettings {
  readonly groupFilter: string | null;
  readonly adminGroup: string | null;
}

const LONGEST_FILTER = 1000;

/** What is wrong with a group filter: it has to be a regular expression of RE2, whose matching takes linear time. */
export function groupFilterProblem(filter: string): string | undefined {
  if (filter.length > LONGEST_FILTER) return `must not be longer than ${LONGEST_FILTER} characters.`;
  if (filter.trim() === '') return 'must not be blank; send null to clear it.';
  if (UNSEEN.test(filter)) return 'must not hold control or invisible characters.';
  try {
    RE2JS.compile(filter);
    return undefined;
  } catch {
    return 'must be a regular expression of RE2; look-around and back references are not part of it.';
  }
}

const compiled = new WeakMap<GroupSettings, RE2JS>();

function filterOf(oidc: GroupSettings): RE2JS | undefined {
  if (oidc.groupFilter === null) return undefined;
  const known = compiled.get(oidc);
  if (known) return known;
  const filter = RE2JS.compile(oidc.groupFilter);
  compiled.set(oidc, filter);
  return filter;
}

/** Those of the groups that a provider told of which count here: all, or those in which the group filter finds a match. */
export function groupsThatCount(oidc: GroupSettings, names: readonly string[]): readonly string[] {
  const filter = filterOf(oidc);
  return filter ? names.filter((name) => filter.matcher(name).find()) : names;
}

/** Whether the groups that a provider told of make somebody an administrator. The group filter has no say in this. */
export function hasAdminGroup(oidc: GroupSettings, names: readonly string[]): boolean {
  return oidc.adminGroup !== null && names.includes(oidc.adminGroup);
}
