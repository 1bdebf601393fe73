import { fitsFolded } from '../../common/text/case-folding.js';
import { ProviderError } from './provider.errors.js';

const MOST_GROUPS = 5_000;
const LONGEST_NAME = 255;
const LONGEST_EMAIL = 254;

/** A set of claims, as parsed from JSON. */
export type Claims = Readonly<Record<string, unknown>>;

/** Where the groups were found; null if nowhere. */
export type GroupsSource = 'ID_TOKEN' | 'USERINFO' | null;

/** The profile of a person, from verified claims. */
export interface VerifiedProfile {
  readonly issuer: string;
  readonly subject: string;
  /** As the provider sent it: it may be invalid or taken. */
  readonly suggestedUsername: string | null;
  readonly email: string | null;
  readonly realName: string | null;
  /** Null: not known, so the stored groups stay. Empty: in no group. */
  readonly groups: readonly string[] | null;
  readonly groupsSource: GroupsSource;
}

/** The names of claims; each may be a path such as `realm_access.roles`. */
export interface ClaimNames {
  readonly groupsClaim: string | null;
  readonly userClaim: string | null;
}

/**
 * The profile from verified claims. The ID token takes precedence over userinfo. Throws {@link ProviderError} unless
 * issuer and subject are valid (OIDC Core 1.0, section 2).
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

/** Whether claims contain groups; an empty list counts. */
export function tellsGroups(claims: Claims, groupsClaim: string): boolean {
  return groupsIn(claims, groupsClaim) !== null;
}

/**
 * The value of a claim: of the claim with the whole name if there is one, else at the end of the path given by its dots.
 * Undefined if there is none; only own properties count.
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

// Above some number of groups, Entra ID omits them and names a source instead (OIDC Core 1.0, section 5.6.2).
function isElsewhere(claims: Claims, name: string): boolean {
  const elsewhere = own(claims, '_claim_names');
  const [first = name] = name.split('.');
  return isObject(elsewhere) && (Object.hasOwn(elsewhere, name) || Object.hasOwn(elsewhere, first));
}

// A lone surrogate becomes a question mark in storage, where two different names would then be equal.
function isGroupName(name: string): boolean {
  return name.trim() !== '' && [...name].length <= LONGEST_NAME && !/\p{Cs}/u.test(name);
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

// An address that can't be stored is left out: it identifies nobody, so it must not prevent a login.
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
    'The OpenID provider sent an invalid issuer (`iss`). An administrator should check the OIDC endpoint.',
    'invalid iss',
  );
}

function checkedSubject(subject: unknown): string {
  if (typeof subject === 'string' && /^[\x20-\x7e]{1,255}$/.test(subject)) return subject;
  throw new ProviderError(
    'The OpenID provider sent an invalid subject (`sub`). An administrator should check which subjects it sends.',
    'sub is not 1 to 255 ASCII characters',
  );
}

function isObject(value: unknown): value is Claims {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function own(claims: Claims, name: string): unknown {
  return Object.hasOwn(claims, name) ? claims[name] : undefined;
}
