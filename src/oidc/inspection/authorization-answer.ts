import { Finding } from './provider-report.js';

/** What the authorization endpoint told of a login, before anybody logs in. */
export interface AuthorizationAnswer {
  readonly redirectUri: Finding;
  /** Whether the provider took the whole request: it only asks for a person. */
  readonly isTaken: boolean;
  /** The provider's words, if it refused the scope; else null. */
  readonly refusedScope: string | null;
  /** The provider's words, if this client may not use the code flow; else null. */
  readonly refusedFlow: string | null;
  /** The provider's words, if it refused client id and secret; else null. */
  readonly refusedClient: string | null;
  /** How the endpoint for pushed requests answered, if not as such an endpoint; absent: it did, or was not asked. */
  readonly unusablePush?: string | null;
}

/** An answer that tells nothing but what is found of the redirect URI. */
export function onlyRedirectUri(redirectUri: Finding): AuthorizationAnswer {
  return { redirectUri, isTaken: false, refusedScope: null, refusedFlow: null, refusedClient: null };
}
