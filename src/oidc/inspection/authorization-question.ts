import { createHash } from 'node:crypto';
import { parametersByName, searchParamsOf } from '../../common/network/request-parameters.js';
import { randomBase62 } from '../../common/crypto/random-text.js';

/** The settings that decide what a login asks for. */
export interface AuthorizationSettings {
  readonly clientId: string | null;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  /** Added to the redirect to the provider; by default none. */
  readonly extraRedirectParameters?: readonly { readonly name: string; readonly value: string }[];
}

/**
 * The parameters of a login (OpenID Connect Core 1.0, section 3.1.2.1), with `prompt=none` and the `state` of no login
 * attempt, so that nothing is begun at the provider and its answer is worth nothing here.
 */
export function authorizationQuestion(settings: AuthorizationSettings, redirectUri: string): URLSearchParams {
  const scopes = ['openid', ...settings.scopes.filter((scope) => scope !== 'openid')];
  return searchParamsOf({
    ...parametersByName(settings.extraRedirectParameters ?? []),
    response_type: 'code',
    client_id: settings.clientId ?? '',
    redirect_uri: redirectUri,
    scope: scopes.join(' '),
    state: randomBase62(32),
    nonce: randomBase62(32),
    code_challenge: createHash('sha256').update(randomBase62(43)).digest('base64url'),
    code_challenge_method: 'S256',
    prompt: 'none',
  });
}

/** Another path of ours, which nobody registers. Another port would prove nothing: many providers accept any on loopback. */
export function otherRedirectUri(redirectUri: string): string {
  return new URL('mooring-test-not-registered', redirectUri).href;
}

/** The URL of a question at the authorization endpoint, which may have parameters of its own (RFC 6749, section 3.1). */
export function questionUrl(endpoint: string, question: URLSearchParams): string {
  const url = new URL(endpoint);
  for (const [name, value] of question) url.searchParams.set(name, value);
  return url.href;
}
