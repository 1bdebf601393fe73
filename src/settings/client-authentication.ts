import type { OidcSettings } from './oidc-settings.schema.js';

/** How Mooring authenticates as a client; `automatic` finds out which of the two methods with a secret is accepted. */
export const CLIENT_AUTHENTICATIONS = ['automatic', 'client_secret_basic', 'client_secret_post', 'none'] as const;
/** One of {@link CLIENT_AUTHENTICATIONS}. */
export type ClientAuthentication = (typeof CLIENT_AUTHENTICATIONS)[number];

const WITHOUT_SECRET: ReadonlySet<string> = new Set<ClientAuthentication>(['none']);

/** Whether the chosen client authentication sends the client secret. */
export function sendsSecret({ clientAuthentication }: Pick<OidcSettings, 'clientAuthentication'>): boolean {
  return !WITHOUT_SECRET.has(clientAuthentication);
}

/** A rule for a setting whose values are words. */
export function oneOf(words: readonly string[]) {
  return (value: string) => (words.includes(value) ? undefined : `must be one of ${words.join(', ')}.`);
}
