import { allowInsecureRequests, customFetch, discovery, None, ServerMetadata } from 'openid-client';
import { BoundedFetch, BoundedRequest, EXCHANGE_DEADLINE_MS } from './bounded-fetch.js';
import { Claims, isObject } from './claim-paths.js';
import { flatMembers } from './flat-members.js';
import { isPlainLoopback, issuerMismatch } from './provider-metadata.js';
import { ProviderSettings } from './provider-settings.js';

/**
 * Fetches the discovery document of the configured provider, without checking more than its issuer (OpenID Connect
 * Discovery 1.0, section 4). Members of a form that no member has are left out.
 *
 * @throws the error of the exchange, or {@link ProviderError} if the document has another issuer
 */
export async function discover(settings: ProviderSettings, { fetch }: BoundedFetch): Promise<ServerMetadata> {
  const [issuer, url] = [new URL(settings.issuer), discoveryUrlOf(settings)];
  const configuration = await discovery(issuer, settings.clientId, undefined, None(), {
    // The library derives the URL from the issuer.
    [customFetch]: async (_url: string, request: BoundedRequest) => usable(await fetch(url, request), settings),
    timeout: EXCHANGE_DEADLINE_MS / 1000,
    execute: isPlainLoopback(issuer) ? [allowInsecureRequests] : [],
  });
  return { ...configuration.serverMetadata() };
}

/** Where the document of a provider is: as configured, or under its issuer, of which a slash at the end is removed first. */
export function discoveryUrlOf({ issuer, discoveryUrl }: Pick<ProviderSettings, 'issuer' | 'discoveryUrl'>): string {
  return discoveryUrl ?? `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
}

async function usable(answer: Response, settings: ProviderSettings): Promise<Response> {
  const document: unknown = await answer
    .clone()
    .json()
    .catch(() => null);
  if (answer.status !== 200 || !isObject(document)) return answer;
  if (document.issuer !== settings.issuer) throw issuerMismatch(document.issuer, settings.issuer);
  return Response.json(inForm(document), { headers: answer.headers });
}

// The library takes any value but null for true.
function inForm(document: Claims): Claims {
  const { authorization_response_iss_parameter_supported: isIssuerSent, ...others } = flatMembers(document);
  return { ...others, ...(isIssuerSent === true && { authorization_response_iss_parameter_supported: true }) };
}
