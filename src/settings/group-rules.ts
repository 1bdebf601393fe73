import { RE2JS } from 're2js';
import { INVISIBLE } from '../common/text/invisible-characters.js';

/** The setting for which groups count. */
export interface GroupFilter {
  readonly groupFilter: string | null;
}

/** The setting for whose members are administrators. */
export interface AdminGroupSettings {
  readonly adminGroups: readonly string[];
}

/** The setting for whose members may log in: empty for everybody. */
export interface LoginGroupSettings {
  readonly loginGroups: readonly string[];
}

/** The setting for how long groups count that the provider does not send again. */
export interface GroupKeeping {
  readonly groupsKeptHours: number;
}

/** The groups of a grant. */
export interface ToldGroups {
  readonly names: readonly string[];
  /** When the provider sent them, if before the current tokens; null: together with them. */
  readonly toldAt: Date | null;
}

const LONGEST_FILTER = 1000;
const HOUR_MS = 3_600_000;

/** The problem of a group filter, if any. It must be an RE2 regular expression, because RE2 matches in linear time. */
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

const compiled = new WeakMap<GroupFilter, RE2JS>();

function filterOf(oidc: GroupFilter): RE2JS | undefined {
  if (oidc.groupFilter === null) return undefined;
  const known = compiled.get(oidc);
  if (known) return known;
  const filter = RE2JS.compile(oidc.groupFilter);
  compiled.set(oidc, filter);
  return filter;
}

/** Groups that came before the current tokens count only if the provider sent them after this time. */
export function groupsToldSince({ groupsKeptHours }: GroupKeeping, now: Date): Date {
  return new Date(now.getTime() - groupsKeptHours * HOUR_MS);
}

/**
 * The groups of a grant that count at a given time; the only home of this rule. Groups that came with the current tokens
 * count as long as the tokens do; older ones count for `groupsKeptHours`. After that they are unknown and grant nothing.
 */
export function knownGroups(oidc: GroupKeeping, { names, toldAt }: ToldGroups, now: Date): readonly string[] {
  return toldAt === null || toldAt > groupsToldSince(oidc, now) ? names : [];
}

/**
 * The same rule in SQL, for lists: a condition on rows of `provider_grants` with one parameter, the time from
 * {@link groupsToldSince}.
 *
 * @param table the statement's name or alias for `provider_grants`
 * @param parameter the statement's placeholder for the parameter
 */
export function whereGroupsAreKnown(table: string, parameter: string): string {
  return `(${table}.groups_told_at IS NULL OR ${table}.groups_told_at > ${parameter})`;
}

/** The provider's groups that count here: those that the group filter matches, or all if there is no filter. */
export function groupsThatCount(oidc: GroupFilter, names: readonly string[]): readonly string[] {
  const filter = filterOf(oidc);
  return filter ? names.filter((name) => filter.matcher(name).find()) : names;
}

/** Whether the provider's groups include an admin group. The group filter does not apply to this. */
export function hasAdminGroup(oidc: AdminGroupSettings, names: readonly string[]): boolean {
  return oidc.adminGroups.some((group) => names.includes(group));
}

/**
 * Whether a person whom the provider lists in these groups may log in; the only home of this rule. Without login groups
 * everybody may; with them, unknown groups are none. The group filter does not apply to this.
 */
export function mayLogIn(oidc: LoginGroupSettings & GroupKeeping, told: ToldGroups | null, now: Date): boolean {
  if (oidc.loginGroups.length === 0) return true;
  const known = told ? knownGroups(oidc, told, now) : [];
  return oidc.loginGroups.some((group) => known.includes(group));
}
