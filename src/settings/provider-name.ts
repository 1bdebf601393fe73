import { OidcSettings } from './oidc-settings.schema.js';

/** What people call the provider: its name or, where an administrator gave none, its host. */
export function providerNameOf({ name, endpoint }: OidcSettings): string {
  return name ?? (endpoint === null ? 'OIDC' : new URL(endpoint).host);
}
