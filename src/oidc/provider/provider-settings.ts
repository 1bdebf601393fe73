import { SecretText } from '../../common/crypto/secret-text.js';

/** How an exchange with the provider ended: it answered, it refused, or it did not answer. */
export type ExchangeOutcome = 'ANSWERED' | 'REFUSED' | 'UNAVAILABLE';

/** What must be known of an OpenID provider before it can be spoken to. Plain values: who stores them is not known here. */
export interface ProviderSettings {
  /** The issuer, as configured: https, or http on a loopback address. Compared byte by byte. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: SecretText;
  /** The scopes that are asked for; `openid` is among them. */
  readonly scopes: readonly string[];
  /** A claim, or a path of claims such as `realm_access.roles`. Null: groups are not looked for. */
  readonly groupsClaim: string | null;
  /** The claim, or path of claims, with the user name. Null: `preferred_username`, then `name`. */
  readonly userClaim: string | null;
  /** Whether the provider's certificate must be trusted. */
  readonly verifyCertificate: boolean;
  /** PEM certificates that are trusted beside the system's own. */
  readonly caCertificates: string | null;
  /** Added to the redirect to the provider; they never replace a parameter of the protocol. */
  readonly extraRedirectParameters: readonly { readonly name: string; readonly value: string }[];
  /** Where the provider sends the browser back to. */
  readonly redirectUri: string;
  /** Is told how each exchange with the provider ended. */
  readonly noteExchange?: (outcome: ExchangeOutcome) => void;
}
