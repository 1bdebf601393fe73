import { Declarations } from './setting.js';

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

/** When logins push their requests (RFC 9126): where the provider requires it, or always. */
export const PUSHED_REQUESTS = ['automatic', 'always'] as const;
/** One of {@link PUSHED_REQUESTS}. */
export type PushedRequestsWish = (typeof PUSHED_REQUESTS)[number];

/** The settings of how Mooring proves itself as a client, and how it sends requests. */
export interface ClientSettings {
  readonly clientAuthentication: ClientAuthentication;
  readonly clientAssertionAudience: AssertionAudience;
  readonly pushedAuthorizationRequests: PushedRequestsWish;
}

/** Their declarations. */
export const CLIENT_SETTINGS: Declarations<ClientSettings> = {
  clientAuthentication: {
    part: 'connection',
    isAdvanced: true,
    fallback: 'automatic',
    nullable: false,
    description:
      'How Mooring authenticates at the provider: automatic (default: client_secret_basic or client_secret_post, whichever is accepted), client_secret_basic, client_secret_post, none (a public client: PKCE without a secret), or private_key_jwt (assertions by the keys that are published under /oidc/client-jwks.json).',
    choices: CLIENT_AUTHENTICATIONS,
    problemOf: oneOf(CLIENT_AUTHENTICATIONS),
  },
  clientAssertionAudience: {
    part: 'connection',
    isAdvanced: true,
    fallback: 'issuer',
    nullable: false,
    description:
      'The audience of assertions with private_key_jwt: issuer (default), or token_endpoint for older providers.',
    choices: ASSERTION_AUDIENCES,
    problemOf: oneOf(ASSERTION_AUDIENCES),
  },
  pushedAuthorizationRequests: {
    part: 'connection',
    isAdvanced: true,
    fallback: 'automatic',
    nullable: false,
    description:
      'When logins push their requests to the provider before the redirect (RFC 9126): automatic (default: only where the discovery document requires it), or always, also for a provider that requires it of this client only.',
    choices: PUSHED_REQUESTS,
    problemOf: oneOf(PUSHED_REQUESTS),
  },
};

/** A rule for a setting whose values are words. */
export function oneOf(words: readonly string[]) {
  return (value: string) => (words.includes(value) ? undefined : `must be one of ${words.join(', ')}.`);
}
