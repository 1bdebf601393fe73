import { AuthorizationResponseError } from 'openid-client';
import {
  AuthorizationRefusal,
  ClientRefusedAtLogin,
  LoginDenied,
  LoginRefusedByProvider,
  ProviderBusy,
  RequestRefused,
  ScopeRefused,
  StepRequired,
} from './authorization.errors.js';
import { scopesNamedIn } from './named-scopes.js';
import { providerWords, ProviderWords } from './provider-words.js';

const OF_THE_CLIENT = new Set(['unauthorized_client', 'invalid_client']);
const FOR_THE_MOMENT = new Set(['temporarily_unavailable', 'server_error', 'authentication_expired']);
const OF_THE_PERSON = new Set([
  ...['login_required', 'interaction_required', 'consent_required', 'account_selection_required'],
  'unmet_authentication_requirements',
]);
const OF_THE_REQUEST = new Set([
  ...['invalid_request', 'unsupported_response_type', 'invalid_target', 'invalid_request_uri'],
  ...['invalid_request_object', 'request_not_supported', 'request_uri_not_supported', 'registration_not_supported'],
]);

/** Keycloak's answer to a scope in a pushed request; at the authorization endpoint it says `invalid_scope`. */
const OF_THE_SCOPE = /\bscopes?\b/i;

/**
 * The refusal that an error in a callback stands for (RFC 6749, section 4.1.2.1; OpenID Connect Core 1.0, section 3.1.2.6).
 * openid-client has checked `state` and `iss` (RFC 9207) before: the words are the provider's.
 *
 * @param scopes the scopes that were asked for
 * @param noteRefusedRequest called if the provider refused the request of the login as such
 * @returns undefined if `failure` is something else
 */
export function authorizationRefusal(
  failure: unknown,
  scopes: readonly string[],
  noteRefusedRequest?: () => void,
): AuthorizationRefusal | undefined {
  if (!(failure instanceof AuthorizationResponseError)) return undefined;
  const refusal = refusalInWords(providerWords(failure.error, failure.error_description), scopes);
  if (refusal instanceof RequestRefused) noteRefusedRequest?.();
  return refusal;
}

/** The refusal that an error in answer to the request of a login stands for. */
export function refusalInWords(words: ProviderWords, scopes: readonly string[]): AuthorizationRefusal {
  const { error } = words;
  if (error === 'access_denied') return new LoginDenied(words);
  if (isScopeRefusal(error, words.description))
    return new ScopeRefused(words, { scopes: refusedScopes(words, scopes) });
  if (OF_THE_CLIENT.has(error)) return new ClientRefusedAtLogin(words);
  if (FOR_THE_MOMENT.has(error)) return new ProviderBusy(words);
  if (OF_THE_PERSON.has(error)) return new StepRequired(words);
  return OF_THE_REQUEST.has(error) ? new RequestRefused(words) : new LoginRefusedByProvider(words);
}

/** Whether an error that is not about the redirect URI refuses a scope (RFC 6749, section 4.1.2.1). */
export function isScopeRefusal(error: string | null, description: string | null): boolean {
  return error === 'invalid_scope' || (error === 'invalid_request' && OF_THE_SCOPE.test(description ?? ''));
}

function refusedScopes({ description }: ProviderWords, scopes: readonly string[]): string {
  const { named, optional } = scopesNamedIn(description ?? '', scopes);
  const list = (some: readonly string[]) => some.map((scope) => `\`${scope}\``).join(', ');
  if (named.length > 0) return `the scope ${list(named)}`;
  if (optional.length < 2) return `the scope ${list(optional.length === 0 ? ['openid'] : optional)}`;
  return `one of the scopes ${list(optional)}`;
}
