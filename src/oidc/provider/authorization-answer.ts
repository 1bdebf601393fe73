import { AuthorizationResponseError } from 'openid-client';
import {
  AuthorizationRefusal,
  ClientRefusedAtLogin,
  LoginDenied,
  LoginRefusedByProvider,
  ProviderBusy,
  ScopeRefused,
} from './authorization.errors.js';
import { scopesNamedIn } from './named-scopes.js';
import { providerWords, ProviderWords } from './provider-words.js';

const OF_THE_CLIENT = new Set(['unauthorized_client', 'invalid_client']);
const FOR_THE_MOMENT = new Set(['temporarily_unavailable', 'server_error', 'authentication_expired']);

/**
 * The refusal that an error in a callback stands for (RFC 6749, section 4.1.2.1; OpenID Connect Core 1.0, section 3.1.2.6).
 * openid-client has checked `state` and `iss` (RFC 9207) before: the words are the provider's.
 *
 * @param scopes the scopes that were asked for
 * @returns undefined if `failure` is something else
 */
export function authorizationRefusal(failure: unknown, scopes: readonly string[]): AuthorizationRefusal | undefined {
  if (!(failure instanceof AuthorizationResponseError)) return undefined;
  const words = providerWords(failure.error, failure.error_description);
  const { error } = words;
  if (error === 'access_denied') return new LoginDenied(words);
  if (error === 'invalid_scope') return new ScopeRefused(words, { scopes: refusedScopes(words, scopes) });
  if (OF_THE_CLIENT.has(error)) return new ClientRefusedAtLogin(words);
  return FOR_THE_MOMENT.has(error) ? new ProviderBusy(words) : new LoginRefusedByProvider(words);
}

function refusedScopes({ description }: ProviderWords, scopes: readonly string[]): string {
  const { named, optional } = scopesNamedIn(description ?? '', scopes);
  const list = (some: readonly string[]) => some.map((scope) => `\`${scope}\``).join(', ');
  if (named.length > 0) return `the scope ${list(named)}`;
  return optional.length === 0 ? 'the scope `openid`' : `one of the scopes ${list(optional)}`;
}
