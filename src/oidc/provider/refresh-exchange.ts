import { DomainError } from '../../common/errors/domain-error.js';
import { Claims, GroupsSource, profileFrom, tellsGroups } from './claims.js';
import { asProviderFailure } from './provider-failure.js';
import { ProviderSettings } from './provider-settings.js';
import { OtherIdentity } from './provider.errors.js';
import { RefreshAnswer, refreshAnswerOf, silenceOf } from './refresh-answer.js';
import { hasTokens, refusesClient, TokenEndpoint } from './token-endpoint.js';
import { UserinfoAnswer } from './userinfo.js';

/**
 * The deadline of a refresh, in milliseconds. It is longer than any caller waits, because a rotated refresh token is in no
 * other answer.
 */
export const REFRESH_DEADLINE_MS = 30_000;

/** The tokens of a refresh; the ID token, if there is one, is verified. */
export interface RefreshedTokens {
  /** Null if the provider sent none (OIDC Core 1.0, section 12.2). */
  readonly idToken: string | null;
  readonly accessToken: string | null;
  /** The ID token's `exp`, or else now plus the access token's `expires_in`; null if neither is known. */
  readonly expiresAt: Date | null;
  /** Null: not known, so the stored groups stay. Empty: in no group. */
  readonly groups: readonly string[] | null;
  readonly groupsSource: GroupsSource;
  /** Why asking for the groups failed; null if it succeeded or was not necessary. */
  readonly groupsFailure: string | null;
}

/**
 * Sends a refresh token to the token endpoint (RFC 6749, section 6). Every failure of the provider is an answer. After a
 * refusal of the client the other method of authentication is tried; its answer counts only if it has tokens, because the
 * first try may have used up the refresh token.
 */
export async function askForRefresh(refreshToken: string, endpoint: TokenEndpoint): Promise<RefreshAnswer> {
  const form = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken });
  try {
    const attempt = await endpoint.ask(form, { deadlineMs: REFRESH_DEADLINE_MS, isRefused: refusesClient });
    const answer = hasTokens(attempt.answer) ? attempt.answer : (attempt.refused ?? attempt.answer);
    return refreshAnswerOf(answer.status, answer.text);
  } catch (error) {
    return silenceOf(error instanceof DomainError ? error : asProviderFailure(error));
  }
}

/**
 * Asks userinfo for groups after a refresh whose ID token has none, or for the person where the answer has to name them.
 * Throws {@link OtherIdentity} if userinfo is about another person, or does not name the person who has to be named; every
 * other failure means that the groups are not known, because the tokens are valid without userinfo.
 *
 * @param idToken the verified claims; null if there was no ID token
 * @param ask asks userinfo about the subject of the grant
 * @param mustName whether an ID token or userinfo has to name the person
 */
export async function askForGroups(
  idToken: Claims | null,
  { groupsClaim }: ProviderSettings,
  ask: () => Promise<UserinfoAnswer>,
  mustName: boolean,
): Promise<{ readonly userinfo: Claims | null; readonly groupsFailure: string | null }> {
  const isKnown = groupsClaim === null || (idToken !== null && tellsGroups(idToken, groupsClaim));
  const isUnnamed = mustName && idToken === null;
  if (isKnown && !isUnnamed) return { userinfo: null, groupsFailure: null };
  const { kind, claims, failure } = await ask();
  if (kind === 'OTHER_SUBJECT') throw anotherPerson();
  if (isUnnamed && kind !== 'CLAIMS') throw new OtherIdentity('neither ID token nor userinfo names the person');
  return { userinfo: claims, groupsFailure: failure };
}

/**
 * The groups after a refresh. The subject must be the old one, and a token for several audiences must have been issued to us
 * (OIDC Core 1.0, section 3.1.3.7), which the library checks only at logins.
 */
export function refreshedProfile(
  subject: string,
  idToken: Claims | null,
  userinfo: Claims | null,
  settings: ProviderSettings,
): Pick<RefreshedTokens, 'groups' | 'groupsSource'> {
  const claims = idToken ?? { iss: settings.issuer, sub: subject };
  if (Array.isArray(claims.aud) && claims.aud.length > 1 && claims.azp !== settings.clientId) {
    throw new OtherIdentity('another azp');
  }
  const profile = profileFrom(claims, userinfo, settings);
  if (profile.subject !== subject) throw anotherPerson();
  return { groups: profile.groups, groupsSource: profile.groupsSource };
}

function anotherPerson(): OtherIdentity {
  return new OtherIdentity('another subject');
}
