/** How Mooring authenticates as a client; `automatic` finds out which of the two methods with a secret is accepted. */
export const CLIENT_AUTHENTICATIONS = [
  'automatic',
  'client_secret_basic',
  'client_secret_post',
  'none',
  'private_key_jwt',
] as const;
/** One of {@link CLIENT_AUTHENTICATIONS}. */
export type ClientAuthentication = (typeof CLIENT_AUTHENTICATIONS)[number];

const WITHOUT_SECRET: ReadonlySet<string> = new Set<ClientAuthentication>(['none', 'private_key_jwt']);

/** What the audience of client assertions is. */
export const ASSERTION_AUDIENCES = ['issuer', 'token_endpoint'] as const;
/** One of {@link ASSERTION_AUDIENCES}. */
export type AssertionAudience = (typeof ASSERTION_AUDIENCES)[number];

/** Whether the chosen client authentication sends the client secret. */
export function sendsSecret({
  clientAuthentication,
}: {
  readonly clientAuthentication: ClientAuthentication;
}): boolean {
  return !WITHOUT_SECRET.has(clientAuthentication);
}

/** A rule for a setting whose values are words. */
export function oneOf(words: readonly string[]) {
  return (value: string) => (words.includes(value) ? undefined : `must be one of ${words.join(', ')}.`);
}
