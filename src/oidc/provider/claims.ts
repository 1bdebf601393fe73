import { fitsFolded } from '../../common/text/case-folding.js';
import { isSubject } from '../../common/text/subject.js';
import { claimOf, Claims } from './claim-paths.js';
import { GroupsClaim, groupsIn } from './group-claims.js';
import { ProviderError } from './provider.errors.js';

const LONGEST_NAME = 255;
const LONGEST_EMAIL = 254;

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

/** The names of claims; each may be a path such as `realm_access.roles`, or a JSON pointer. */
export interface ClaimNames extends GroupsClaim {
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
      (name, claim) => name ?? first(claim, userNameOf),
      null,
    ),
    email: first('email', emailOf),
    realName: first('name', realNameOf),
    ...groupsFrom(idToken, userinfo, names),
  };
}

/** Whether claims contain groups; an empty list counts. */
export function tellsGroups(claims: Claims, names: GroupsClaim): boolean {
  return groupsIn(claims, names).groups !== null;
}

/** What of the groups could not be taken as it was sent, without any value, for the log; null if nothing. */
export function groupsProblemIn(idToken: Claims | null, userinfo: Claims | null, names: GroupsClaim): string | null {
  const inToken = groupsIn(idToken ?? {}, names);
  if (inToken.groups !== null || userinfo === null) return inToken.problem;
  const inUserinfo = groupsIn(userinfo, names);
  return inUserinfo.groups === null ? (inUserinfo.problem ?? inToken.problem) : inUserinfo.problem;
}

function userClaims(userClaim: string | null): readonly string[] {
  return userClaim === null ? ['preferred_username', 'name'] : [userClaim];
}

function groupsFrom(idToken: Claims, userinfo: Claims | null, names: GroupsClaim) {
  const inToken = groupsIn(idToken, names).groups;
  if (inToken !== null) return { groups: inToken, groupsSource: 'ID_TOKEN' as const };
  const inUserinfo = userinfo === null ? null : groupsIn(userinfo, names).groups;
  return { groups: inUserinfo, groupsSource: inUserinfo === null ? null : ('USERINFO' as const) };
}

// Some providers send a number, or a list such as `emails`, of which the first text is the name.
function userNameOf(value: unknown): string | null {
  if (!Array.isArray(value)) return text(value) ?? integer(value);
  const firstOf = (read: (member: unknown) => string | null) => value.map(read).find((name) => name !== null) ?? null;
  return firstOf(text) ?? firstOf(integer);
}

// Beyond the safe integers, two numbers of the provider would be the same here.
function integer(value: unknown): string | null {
  return Number.isSafeInteger(value) ? String(value) : null;
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
    'ID token: iss is not valid',
  );
}

function checkedSubject(subject: unknown): string {
  if (typeof subject === 'string' && isSubject(subject)) return subject;
  throw new ProviderError(
    'The OpenID provider sent an invalid subject (`sub`). An administrator should check which subjects it sends.',
    'sub is not 1 to 255 ASCII characters',
    'ID token: sub is not 1 to 255 ASCII characters',
  );
}
