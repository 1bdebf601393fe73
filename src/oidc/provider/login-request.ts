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
  { state, parameters }: LoginRequest,
  settings: Pick<ProviderSettings, 'clientId' | 'redirectUri' | 'scopes'>,
  authorizationEndpoint: string,
  pushed: PushedRequests | null,
): Promise<string> {
  if (pushed === null) throw withoutEndpoint();
  const { clientId, redirectUri, scopes } = settings;
  const request = searchParamsOf({
    ...parameters,
    ...{ response_type: 'code', client_id: clientId, redirect_uri: redirectUri, state },
    scope: ['openid', ...scopes.filter((scope) => scope !== 'openid')].join(' '),
  });
  const url = new URL(authorizationEndpoint);
  url.searchParams.set('client_id', clientId);
  url.searchParams.set('request_uri', await pushed.push(request));
  return url.href;
}

function withoutEndpoint(): ProviderError {
  const fault = 'no usable endpoint for pushed authorization requests';
  return new ProviderError(
    'Logins must push their requests (RFC 9126), but the OpenID provider publishes no usable endpoint for that. An administrator should set pushedAuthorizationRequests to automatic, or fix the provider.',
    fault,
    `discovery document: ${fault}`,
  );
}
