import { claimOf, Claims, isObject, outermostOf, own } from './claim-paths.js';

const MOST_GROUPS = 5_000;
const LONGEST_NAME = 255;

/** Where the groups of a person are, and how they are written. */
export interface GroupsClaim {
  /** A claim, a path or a JSON pointer; null: groups are not read. */
  readonly groupsClaim: string | null;
  /** What separates the groups in a text; by default a text is one group. */
  readonly groupsSeparator?: string | null;
}

/** What a set of claims tells of groups. */
export interface ToldGroups {
  /** Null: not known, because they are absent, elsewhere, or in a form that can't be read. */
  readonly groups: readonly string[] | null;
  /** What could not be taken as it was sent, without any value, for the log; null if nothing. */
  readonly problem: string | null;
}

const ABSENT: ToldGroups = { groups: null, problem: null };

/**
 * The groups in a set of claims. These forms can be read:
 *
 * - a list of texts, or of objects with a `name`
 * - an object, whose keys are the groups if their values are objects or lists, as in the roles of Zitadel
 * - a text: one group, or several with a separator
 *
 * Empty only if the claim itself is empty. Names are in NFC; members of any other form, blank, over-long and broken names are
 * left out, and so is everything beyond 5,000 groups.
 */
export function groupsIn(claims: Claims, { groupsClaim, groupsSeparator = null }: GroupsClaim): ToldGroups {
  if (groupsClaim === null) return ABSENT;
  if (isElsewhere(claims, groupsClaim)) return unknown('the provider only names their source (_claim_names)');
  const value = claimOf(claims, groupsClaim);
  if (value === undefined || value === null) return ABSENT;
  const listed = listedIn(value, groupsSeparator);
  return listed ? namesIn(listed) : unknown(`the groups claim is a ${typeof value}`);
}

function listedIn(value: unknown, separator: string | null): readonly unknown[] | null {
  if (Array.isArray(value)) return value as unknown[];
  if (isObject(value)) return Object.entries(value).map(([name, of]) => (isMembership(of) ? name : null));
  if (typeof value !== 'string') return null;
  if (separator === null) return [value];
  const parts = value.split(separator).map((part) => part.trim());
  return parts.filter((part) => part !== '');
}

// A flag or a text beside a key may as well say that the person is not a member: { "admins": false }.
function isMembership(of: unknown): boolean {
  return typeof of === 'object' && of !== null;
}

function namesIn(listed: readonly unknown[]): ToldGroups {
  const sent = listed.flatMap(nameOf).filter((name) => isGroupName(inNfc(name)));
  const names = [...new Set(sent.map(inNfc))];
  if (names.length === 0 && listed.length > 0) return unknown('the groups claim has no member that can be read');
  const unread = listed.length - sent.length;
  const merged = new Set(sent).size - names.length;
  const problems = [
    unread > 0 ? `${unread} of ${listed.length} members of the groups claim can't be read` : null,
    merged > 0 ? `${merged} group names equal another one in NFC` : null,
    names.length > MOST_GROUPS ? `only the first ${MOST_GROUPS} of ${names.length} groups are read` : null,
  ];
  return { groups: names.slice(0, MOST_GROUPS), problem: problems.filter((one) => one !== null).join('; ') || null };
}

function inNfc(name: string): string {
  return name.normalize('NFC');
}

function unknown(problem: string): ToldGroups {
  return { groups: null, problem };
}

function nameOf(member: unknown): string[] {
  const name = isObject(member) ? own(member, 'name') : member;
  return typeof name === 'string' ? [name] : [];
}

// Above some number of groups, Entra ID omits them and names a source instead (OIDC Core 1.0, section 5.6.2).
function isElsewhere(claims: Claims, name: string): boolean {
  const elsewhere = own(claims, '_claim_names');
  return isObject(elsewhere) && outermostOf(name).some((claim) => Object.hasOwn(elsewhere, claim));
}

// A lone surrogate becomes a question mark in storage, where two different names would then be equal.
function isGroupName(name: string): boolean {
  return name.trim() !== '' && [...name].length <= LONGEST_NAME && !/\p{Cs}/u.test(name);
}
