import { allowInsecureRequests, customFetch, discovery, None, ServerMetadata } from 'openid-client';
import { BoundedFetch, EXCHANGE_DEADLINE_MS } from './bounded-fetch.js';
import { isPlainLoopback, issuerMismatch } from './provider-metadata.js';
import { ProviderSettings } from './provider-settings.js';

/**
 * Fetches the discovery document of the configured provider, without checking more than its issuer (OpenID Connect
 * Discovery 1.0, section 4).
 *
 * @throws the error of the exchange, or {@link ProviderError} if the document has another issuer
 */
export async function discover(settings: ProviderSettings, { fetch }: BoundedFetch): Promise<ServerMetadata> {
  const issuer = new URL(settings.issuer);
  try {
    const configuration = await discovery(issuer, settings.clientId, undefined, None(), {
      [customFetch]: fetch,
      timeout: EXCHANGE_DEADLINE_MS / 1000,
      execute: isPlainLoopback(issuer) ? [allowInsecureRequests] : [],
    });
    return { ...configuration.serverMetadata() };
  } catch (error) {
    const { attribute, body } = mismatchIn(error);
    throw attribute === 'issuer' ? issuerMismatch(body?.issuer, settings.issuer) : error;
  }
}

function mismatchIn(error: unknown): { attribute?: unknown; body?: { issuer?: unknown } } {
  return (error instanceof Error && typeof error.cause === 'object' && error.cause) || {};
}
