import type { AssertionKeys } from '../../common/crypto/assertion-key.js';
import { SecretText } from '../../common/crypto/secret-text.js';
import type { EgressProxies } from '../../common/network/egress-proxy.js';
import { AuthenticationMemory } from './authentication-memory.js';
import { AuthenticationMethod } from './client-authentication.js';

/** The outcome of an exchange with the provider: it answered, it refused, or it did not answer. */
export type ExchangeOutcome = 'ANSWERED' | 'REFUSED' | 'UNAVAILABLE';

/** The settings of an OpenID provider. Plain values: this folder does not know where they are stored. */
export interface ProviderSettings {
  /** The issuer, as configured: https, or http on a loopback address. Compared byte by byte. */
  readonly issuer: string;
  /** Where the discovery document is; by default, and if null, under the issuer. */
  readonly discoveryUrl?: string | null;
  readonly clientId: string;
  /** Null if the client authentication needs none. */
  readonly clientSecret: SecretText | null;
  /** The method of client authentication; `automatic` (default) tries both that send the secret. */
  readonly clientAuthentication?: 'automatic' | AuthenticationMethod;
  /** The audience of client assertions; by default the issuer. */
  readonly clientAssertionAudience?: 'issuer' | 'token_endpoint';
  /** The keys for client assertions, which `private_key_jwt` needs. */
  readonly assertionKeys?: AssertionKeys;
  /** The scopes that are asked for, including `openid`. */
  readonly scopes: readonly string[];
  /** A claim, or a path of claims such as `realm_access.roles`. Null: groups are not read. */
  readonly groupsClaim: string | null;
  /** What separates the groups in a text; by default a text is one group. */
  readonly groupsSeparator?: string | null;
  /** The claim, or path of claims, with the user name. Null: `preferred_username`, then `name`. */
  readonly userClaim: string | null;
  /** Whether userinfo must answer with the same subject after each refresh; by default not. */
  readonly confirmAtUserinfo?: boolean;
  /** Whether the provider's certificate must be trusted. */
  readonly verifyCertificate: boolean;
  /** PEM certificates that are trusted in addition to those of Node and the system. */
  readonly caCertificates: string | null;
  /** The proxies to connect through; by default none. */
  readonly egress?: EgressProxies;
  /** Added to the redirect to the provider; they never replace a protocol parameter. */
  readonly extraRedirectParameters: readonly { readonly name: string; readonly value: string }[];
  /** Whether each login pushes its request; by default (`automatic`) where the provider requires it (RFC 9126). */
  readonly pushedAuthorizationRequests?: 'automatic' | 'always';
  /** The redirect URI, to which the provider sends the browser back. */
  readonly redirectUri: string;
  /** Which method of client authentication was accepted; by default each client learns it anew. */
  readonly authentication?: AuthenticationMemory;
  /** Called where the provider refuses the request of a login: its document may say another one is wanted by now. */
  readonly noteRefusedRequest?: () => void;
  /** Called with the outcome of each exchange with the provider. */
  readonly noteExchange?: (outcome: ExchangeOutcome, seconds: number) => void;
}
