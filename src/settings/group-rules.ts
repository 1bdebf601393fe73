import { RE2JS } from 're2js';
import { INVISIBLE } from '../common/text/invisible-characters.js';

/** What of the settings decides about groups. */
export interface GroupSettings {
  readonly groupFilter: string | null;
  readonly adminGroup: string | null;
}

/** What of the settings decides for how long groups count that the provider does not tell of again. */
export interface GroupKeeping {
  readonly groupsKeptHours: number;
}

/** The groups that a grant tells of. */
export interface ToldGroups {
  readonly names: readonly string[];
  /** When they were told, where that was before the tokens that are kept now; null: together with them. */
  readonly toldAt: Date | null;
}

const LONGEST_FILTER = 1000;
const HOUR_MS = 3_600_000;

/** What is wrong with a group filter: it has to be a regular expression of RE2, whose matching takes linear time. */
export function groupFilterProblem(filter: string): string | undefined {
  if (filter.length > LONGEST_FILTER) return `must not be longer than ${LONGEST_FILTER} characters.`;
  if (filter.trim() === '') return 'must not be blank; send null to clear it.';
  if (INVISIBLE.test(filter)) return 'must not hold control or invisible characters.';
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

/** The moment after which groups have to have been told to count now, unless the tokens that are kept now tell of them. */
export function groupsToldSince({ groupsKeptHours }: GroupKeeping, now: Date): Date {
  return new Date(now.getTime() - groupsKeptHours * HOUR_MS);
}

/**
 * The groups of a grant as far as they are known at a moment: the one home of that rule. Told together with the tokens
 * that are kept now they count as long as those do; told earlier, for the time that the settings state. Then they are
 * unknown, and give no rights.
 */
export function knownGroups(oidc: GroupKeeping, { names, toldAt }: ToldGroups, now: Date): readonly string[] {
  return toldAt === null || toldAt > groupsToldSince(oidc, now) ? names : [];
}

/**
 * The same rule in SQL, for lists: a condition on rows of `provider_grants`, with one parameter, the moment of
 * {@link groupsToldSince}.
 *
 * @param table the name or alias under which the statement reads the grants
 * @param parameter how the statement writes the parameter
 */
export function whereGroupsAreKnown(table: string, parameter: string): string {
  return `(${table}.groups_told_at IS NULL OR ${table}.groups_told_at > ${parameter})`;
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
