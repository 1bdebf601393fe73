import { RequestParameters, searchParamsOf } from '../../common/network/request-parameters.js';
import { PushedRequests } from './pushed-request.js';
import { ProviderMetadata } from './provider-metadata.js';
import { ProviderError } from './provider.errors.js';
import { ProviderSettings } from './provider-settings.js';

/** The request of one login: its own values, and what else is sent with it. */
export interface LoginRequest {
  readonly state: string;
  /** Nonce, PKCE challenge and further parameters; none of them replaces one of the protocol. */
  readonly parameters: RequestParameters;
}

type RequestSettings = Pick<ProviderSettings, 'clientId' | 'redirectUri' | 'scopes'>;

/**
 * Whether logins push their requests (RFC 9126): where the provider requires it, or the settings ask for it. Nothing falls
 * back to a plain request.
 */
export function isPushing(
  { pushedAuthorizationRequests: wish = 'automatic' }: Pick<ProviderSettings, 'pushedAuthorizationRequests'>,
  metadata: Pick<ProviderMetadata, 'require_pushed_authorization_requests'>,
): boolean {
  return wish === 'always' || metadata.require_pushed_authorization_requests;
}

/**
 * Pushes the request of a login, and returns the URL to which the browser is sent, with client id and `request_uri` and
 * nothing else (section 4).
 *
 * @param pushed null if the provider has no usable endpoint for it
 * @throws {ProviderError} if the provider has no usable endpoint for it
 * @throws the errors of {@link PushedRequests.push}
 */
export async function pushedLoginUrl(
  login: LoginRequest,
  settings: RequestSettings,
  authorizationEndpoint: string,
  pushed: PushedRequests | null,
): Promise<string> {
  if (pushed === null) throw withoutEndpoint();
  const url = new URL(authorizationEndpoint);
  url.searchParams.set('client_id', settings.clientId);
  url.searchParams.set('request_uri', await pushed.push(parametersOf(login, settings)));
  return url.href;
}

/** The URL to which the browser is sent with the request of a login (OpenID Connect Core 1.0, section 3.1.2.1). */
export function plainLoginUrl(login: LoginRequest, settings: RequestSettings, authorizationEndpoint: string): string {
  const url = new URL(authorizationEndpoint);
  for (const [name, value] of parametersOf(login, settings)) url.searchParams.set(name, value);
  return url.href;
}

function parametersOf({ state, parameters }: LoginRequest, settings: RequestSettings): URLSearchParams {
  const { clientId, redirectUri, scopes } = settings;
  return searchParamsOf({
    ...parameters,
    ...{ response_type: 'code', client_id: clientId, redirect_uri: redirectUri, state },
    scope: ['openid', ...scopes.filter((scope) => scope !== 'openid')].join(' '),
  });
}

function withoutEndpoint(): ProviderError {
  const fault = 'no usable endpoint for pushed authorization requests';
  return new ProviderError(
    'Logins must push their requests (RFC 9126), but the OpenID provider publishes no usable endpoint for that. An administrator should set pushedAuthorizationRequests to automatic, or fix the provider.',
    fault,
    `discovery document: ${fault}`,
  );
}
