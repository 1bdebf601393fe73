import { OidcSettings } from './oidc-settings.schema.js';

/** The provider's name for people: the configured one, else its host. */
export function providerNameOf({ name, endpoint }: OidcSettings): string {
  return name ?? (endpoint === null ? 'OIDC' : new URL(endpoint).host);
}
