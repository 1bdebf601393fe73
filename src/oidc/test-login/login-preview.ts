import { claimsOf, ShownClaim, shownText } from './shown-claims.js';
import { groupsThatCount, hasAdminGroup, mayLogIn } from '../../settings/group-rules.js';
import type { OidcSettings } from '../../settings/oidc-settings.schema.js';
import type { VerifiedLogin } from './provider-answers.js';

/** What Mooring would see of the person who has logged in for a test. Nothing of it is stored with a user. */
export interface LoginPreview {
  readonly issuer: string;
  readonly subject: string;
  /** The user name as the provider sends it, cut after 2,000 characters; null if it sends none that can be used. */
  readonly username: string | null;
  readonly email: string | null;
  readonly realName: string | null;
  /** Null: the provider sent none that can be read. */
  readonly groups: readonly string[] | null;
  readonly groupsSource: 'ID_TOKEN' | 'USERINFO' | null;
  /** Those of the groups that count under the group filter. */
  readonly countingGroups: readonly string[];
  readonly isAdmin: boolean;
  /** Whether the groups let the person log in. */
  readonly mayLogIn: boolean;
  /** Whether the tested settings require a user name that gives a place in the registry. */
  readonly isPlaceRequired: boolean;
  readonly hasRefreshToken: boolean;
  /** The end of the ID token; a login is refreshed then, or ends. ISO 8601. */
  readonly tokenExpiresAt: string;
  readonly claims: readonly ShownClaim[];
  /** How many further claims are not shown. */
  readonly claimsLeftOut: number;
  /** What of the answers could not be used, such as userinfo; no value of a claim is quoted. */
  readonly notes: readonly string[];
}

/**
 * What a login shows under settings that are not in force.
 *
 * @param now the time by which groups are judged
 */
export function previewOf(login: VerifiedLogin, oidc: OidcSettings, now: Date): LoginPreview {
  const { profile, tokens } = login;
  const { suggestedUsername, groups, ...person } = profile;
  // The rules for user names look at no more of it.
  const username = suggestedUsername === null ? null : shownText(suggestedUsername);
  const told = { names: groups ?? [], toldAt: null };
  const isAllowed = mayLogIn(oidc, told, now);
  const { shown, leftOut } = claimsOf(login.claims);
  return {
    ...person,
    ...{ username, groups },
    countingGroups: groupsThatCount(oidc, told.names),
    isAdmin: isAllowed && hasAdminGroup(oidc, told.names),
    mayLogIn: isAllowed,
    isPlaceRequired: oidc.requireRepositoryName,
    hasRefreshToken: tokens.refreshToken !== null,
    tokenExpiresAt: tokens.expiresAt.toISOString(),
    ...{ claims: shown, claimsLeftOut: leftOut },
    notes: [login.userinfoFailure, login.groupsProblem].filter((note) => note !== null),
  };
}
