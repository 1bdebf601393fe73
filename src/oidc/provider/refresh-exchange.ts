import { DomainError } from '../../common/domain-error.js';
import { BoundedFetch } from './bounded-fetch.js';
import { Claims, GroupsSource, profileFrom } from './claims.js';
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
 * What a refresh changes of groups and identity: the subject must be the old one, and a token for several audiences must have
 * been given to us (OIDC Core 1.0, section 3.1.3.7), which the library looks at in logins alone.
 */
export function refreshedProfile(
  subject: string,
  idToken: Claims | null,
  userinfo: Claims | null,
  settings: ProviderSettings,
): { groups: readonly string[] | null; groupsSource: GroupsSource } {
  const claims = idToken ?? { iss: settings.issuer, sub: subject };
  if (Array.isArray(claims.aud) && claims.aud.length > 1 && claims.azp !== settings.clientId) {
    throw new ProviderError('The OpenID provider refreshed a token that was given to another client.', 'another azp');
  }
  const profile = profileFrom(claims, userinfo, settings);
  if (profile.subject !== subject) {
    throw new ProviderError('The OpenID provider refreshed the tokens of somebody else.', 'another subject');
  }
  return { groups: profile.groups, groupsSource: profile.groupsSource };
}

function clientOf({ clientId }: ProviderSettings) {
  return { client_id: clientId };
}
