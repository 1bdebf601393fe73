import { fitsFolded } from '../../common/text/case-folding.js';
import { ProviderError } from './provider.errors.js';

const MOST_GROUPS = 5_000;
const LONGEST_NAME = 255;
const LONGEST_EMAIL = 254;

/** A set of claims, as JSON gave it. */
export type Claims = Readonly<Record<string, unknown>>;

/** Where groups were found; null where they were not. */
export type GroupsSource = 'ID_TOKEN' | 'USERINFO' | null;

/** A person, as the provider vouches for him. */
export interface VerifiedProfile {
  readonly issuer: string;
  readonly subject: string;
  /** As the provider sent it: neither made valid nor known to be free. */
  readonly suggestedUsername: string | null;
  readonly email: string | null;
  readonly realName: string | null;
  /** Null: not known, what is stored stays. Empty: in no group. */
  readonly groups: readonly string[] | null;
  readonly groupsSource: GroupsSource;
}

/** Which claims hold what; each may be a name or a path such as `realm_access.roles`. */
export interface ClaimNames {
  readonly groupsClaim: string | null;
  readonly userClaim: string | null;
}

/**
 * The profile that verified claims describe. The ID token wins, userinfo fills what it lacks. Throws
 * {@link ProviderError} unless issuer and subject are usable (OIDC Core 1.0, section 2).
 */
export function profileFrom(idToken: Claims, userinfo: Claims | null, names: ClaimNames): VerifiedProfile {
  const sources = userinfo === null ? [idToken] : [idToken, userinfo];
  const first = (name: string, usable: (value: unknown) => string | null) =>
    sources.map((claims) => usable(claimOf(claims, name))).find((value) => value !== null) ?? null;
  return {
    issuer: checkedIssuer(idToken.iss),
    subject: checkedSubject(idToken.sub),
    suggestedUsername: userClaims(names.userClaim).reduce<string | null>(
      (name, claim) => name ?? first(claim, text),
      null,
    ),
    email: first('email', emailOf),
    realName: first('name', realNameOf),
    ...groupsFrom(idToken, userinfo, names.groupsClaim),
  };
}

/** Whether claims tell of groups, an empty list of them included. */
export function tellsGroups(claims: Claims, groupsClaim: string): boolean {
  return groupsIn(claims, groupsClaim) !== null;
}

/**
 * The value of a claim: of the whole name if there is such a claim, else at the end of the path that its dots divide.
 * Undefined where there is none; only own properties count.
 */
export function claimOf(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  return name.split('.').reduce<unknown>((value, step) => (isObject(value) ? own(value, step) : undefined), claims);
}

function userClaims(userClaim: string | null): readonly string[] {
  return userClaim === null ? ['preferred_username', 'name'] : [userClaim];
}

function groupsFrom(idToken: Claims, userinfo: Claims | null, groupsClaim: string | null) {
  const inToken = groupsIn(idToken, groupsClaim);
  if (inToken !== null) return { groups: inToken, groupsSource: 'ID_TOKEN' as const };
  const inUserinfo = userinfo === null ? null : groupsIn(userinfo, groupsClaim);
  return { groups: inUserinfo, groupsSource: inUserinfo === null ? null : ('USERINFO' as const) };
}

function groupsIn(claims: Claims, groupsClaim: string | null): string[] | null {
  if (groupsClaim === null || isElsewhere(claims, groupsClaim)) return null;
  const value = claimOf(claims, groupsClaim);
  const listed = typeof value === 'string' ? [value] : value;
  if (!Array.isArray(listed)) return null;
  const names = listed.filter((name) => typeof name === 'string').map((name) => name.normalize('NFC'));
  return [...new Set(names.filter(isGroupName))].slice(0, MOST_GROUPS);
}

// Entra ID leaves groups out above some number and says where they are instead (OIDC Core 1.0, section 5.6.2).
function isElsewhere(claims: Claims, name: string): boolean {
  const elsewhere = own(claims, '_claim_names');
  return isObject(elsewhere) && (Object.hasOwn(elsewhere, name) || Object.hasOwn(elsewhere, name.split('.')[0]));
}

// A half of a surrogate pair becomes a question mark in storage, where two names would then be one.
function isGroupName(name: string): boolean {
  return name.trim() !== '' && [...name].length <= LONGEST_NAME && !/\p{Cs}/u.test(name);
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

// One that can't be stored is left out: nobody is recognised by it, so nobody is to be kept out for it.
function emailOf(value: unknown): string | null {
  const email = text(value);
  return email !== null && fitsFolded(email, LONGEST_EMAIL) && isPrintable(email) ? email : null;
}

function realNameOf(value: unknown): string | null {
  const name = text(value);
  return name !== null && [...name].length <= LONGEST_NAME && isPrintable(name) ? name : null;
}

function isPrintable(value: string): boolean {
  return !/[\p{Cc}\p{Cs}]/u.test(value);
}

function checkedIssuer(issuer: unknown): string {
  if (typeof issuer === 'string' && issuer !== '' && issuer.length <= LONGEST_NAME) return issuer;
  throw new ProviderError(
    'The OpenID provider names itself with something unusable. An administrator should check the OIDC endpoint.',
    'iss unusable',
  );
}

function checkedSubject(subject: unknown): string {
  if (typeof subject === 'string' && /^[\x20-\x7e]{1,255}$/.test(subject)) return subject;
  throw new ProviderError(
    'The OpenID provider identifies you by something unusable. An administrator should check how it makes subjects.',
    'sub is not 1 to 255 ASCII characters',
  );
}

function isObject(value: unknown): value is Claims {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function own(claims: Claims, name: string): unknown {
  return Object.hasOwn(claims, name) ? claims[name] : undefined;
}
