import { DomainError } from '../../common/errors/domain-error.js';
import { BoundedFetch } from './bounded-fetch.js';
import { Claims, GroupsSource, profileFrom, tellsGroups } from './claims.js';
import { clientAuthentication } from './client-authentication.js';
import { asProviderFailure } from './provider-failure.js';
import { ProviderMetadata } from './provider-metadata.js';
import { ProviderSettings } from './provider-settings.js';
import { ProviderError } from './provider.errors.js';
import { RefreshAnswer, refreshAnswerOf, silenceOf } from './refresh-answer.js';

/**
 * How long the answer to a refresh is listened for, in milliseconds: longer than anybody waits for it, because a rotated
 * refresh token is in no other answer.
 */
export const REFRESH_DEADLINE_MS = 30_000;

/**
 * How long userinfo is listened to in a refresh, in milliseconds: the tokens are there by then, and those who wait for them
 * should not be told that the provider is silent.
 */
export const GROUPS_DEADLINE_MS = 5_000;

/** Tokens of a refresh whose ID token, where one came, is verified. */
export interface RefreshedTokens {
  /** Null where none came: the provider may leave it out (OIDC Core 1.0, section 12.2). */
  readonly idToken: string | null;
  readonly accessToken: string | null;
  /** The ID token's `exp`, or else the present and the access token's `expires_in`; null where neither is known. */
  readonly expiresAt: Date | null;
  /** Null: not told, what is stored stays. Empty: in no group. */
  readonly groups: readonly string[] | null;
  readonly groupsSource: GroupsSource;
  /** Why the groups could not be asked for; null where they could, or did not have to be. */
  readonly groupsFailure: string | null;
}

/** Sends a refresh token to the token endpoint (RFC 6749, section 6). Never throws for what the provider does. */
export async function askForRefresh(
  refreshToken: string,
  settings: ProviderSettings,
  { token_endpoint: url, token_endpoint_auth_methods_supported: methods }: ProviderMetadata,
  { fetch }: BoundedFetch,
): Promise<RefreshAnswer> {
  const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: refreshToken });
  const headers = new Headers({
    accept: 'application/json',
    'content-type': 'application/x-www-form-urlencoded;charset=UTF-8',
  });
  void clientAuthentication(methods, settings.clientSecret)(
    { issuer: settings.issuer },
    clientOf(settings),
    body,
    headers,
  );
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers,
      body: body.toString(),
      deadlineMs: REFRESH_DEADLINE_MS,
    });
    return refreshAnswerOf(answer.status, await answer.text());
  } catch (error) {
    return silenceOf(error instanceof DomainError ? error : asProviderFailure(error));
  }
}

/**
 * What userinfo tells after a refresh whose ID token does not tell of groups. Never throws for what the provider does: the
 * tokens are good without it. The subject is for {@link refreshedProfile} to compare.
 *
 * @param idToken the verified claims, or null where no ID token came
 * @param ask asks userinfo; null where it can't be asked
 */
export async function askForGroups(
  idToken: Claims | null,
  { groupsClaim }: ProviderSettings,
  ask: () => Promise<Claims | null>,
): Promise<{ readonly userinfo: Claims | null; readonly groupsFailure: string | null }> {
  const isTold = groupsClaim === null || (idToken !== null && tellsGroups(idToken, groupsClaim));
  try {
    return { userinfo: isTold ? null : await ask(), groupsFailure: null };
  } catch (error) {
    const { detail, code } = asProviderFailure(error);
    return { userinfo: null, groupsFailure: detail ?? code };
  }
}

/**
 * What a refresh changes of groups and identity: the subject must be the old one, and a token for several audiences must have
 * been given to us (OIDC Core 1.0, section 3.1.3.7), which the library looks at in logins alone.
 */
export function refreshedProfile(
  subject: string,
  idToken: Claims | null,
  userinfo: Claims | null,
  settings: ProviderSettings,
): Pick<RefreshedTokens, 'groups' | 'groupsSource'> {
  const claims = idToken ?? { iss: settings.issuer, sub: subject };
  if (Array.isArray(claims.aud) && claims.aud.length > 1 && claims.azp !== settings.clientId) {
    throw new ProviderError('The OpenID provider refreshed a token that was given to another client.', 'another azp');
  }
  const profile = profileFrom(claims, userinfo, settings);
  if (profile.subject !== subject || (userinfo !== null && userinfo.sub !== subject)) {
    throw new ProviderError('The OpenID provider refreshed the tokens of somebody else.', 'another subject');
  }
  return { groups: profile.groups, groupsSource: profile.groupsSource };
}

function clientOf({ clientId }: ProviderSettings) {
  return { client_id: clientId };
}
