import { claimOf, Claims, isObject, own } from './claim-paths.js';

const MOST_GROUPS = 5_000;
const LONGEST_NAME = 255;

/** Where the groups of a person are, and how they are written. */
export interface GroupsClaim {
  /** A claim, a path or a JSON pointer; null: groups are not read. */
  readonly groupsClaim: string | null;
  /** What separates the groups in a text; by default a text is one group. */
  readonly groupsSeparator?: string | null;
}

/**
 * The groups in a set of claims; null if they are not there, are elsewhere, or are in a form that can't be read. These forms
 * can be read:
 *
 * - a list of texts, or of objects with a `name`; members of any other form are left out
 * - an object, whose keys are the groups
 * - a text: one group, or several with a separator
 *
 * Empty only if the claim itself is empty. Names are in NFC; blank, over-long and broken ones are left out, and so is
 * everything beyond 5,000 groups.
 */
export function groupsIn(claims: Claims, { groupsClaim, groupsSeparator = null }: GroupsClaim): string[] | null {
  if (groupsClaim === null || isElsewhere(claims, groupsClaim)) return null;
  const listed = listedIn(claimOf(claims, groupsClaim), groupsSeparator);
  if (listed === null) return null;
  const names = listed.flatMap(nameOf).map((name) => name.normalize('NFC'));
  const groups = [...new Set(names.filter(isGroupName))].slice(0, MOST_GROUPS);
  return groups.length === 0 && listed.length > 0 ? null : groups;
}

function listedIn(value: unknown, separator: string | null): readonly unknown[] | null {
  if (Array.isArray(value)) return value as unknown[];
  if (isObject(value)) return Object.keys(value);
  if (typeof value !== 'string') return null;
  if (separator === null) return [value];
  const parts = value.split(separator).map((part) => part.trim());
  return parts.filter((part) => part !== '');
}

function nameOf(member: unknown): string[] {
  const name = isObject(member) ? own(member, 'name') : member;
  return typeof name === 'string' ? [name] : [];
}

// Above some number of groups, Entra ID omits them and names a source instead (OIDC Core 1.0, section 5.6.2).
function isElsewhere(claims: Claims, name: string): boolean {
  const elsewhere = own(claims, '_claim_names');
  if (!isObject(elsewhere)) return false;
  const steps = name.startsWith('/') ? name.slice(1).split('/') : name.split('.');
  return [name, steps[0] ?? name].some((first) => Object.hasOwn(elsewhere, first));
}

// A lone surrogate becomes a question mark in storage, where two different names would then be equal.
function isGroupName(name: string): boolean {
  return name.trim() !== '' && [...name].length <= LONGEST_NAME && !/\p{Cs}/u.test(name);
}
