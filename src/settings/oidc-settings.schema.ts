import { X509Certificate } from 'node:crypto';
import { isLoopback } from '../common/network/loopback.js';
import { SecretText } from '../common/crypto/secret-text.js';
import { INVISIBLE } from '../common/text/invisible-characters.js';
import { groupFilterProblem } from './group-rules.js';
import { anything, between, Declarations, shortText } from './setting.js';

/** A parameter added to the redirect to the provider. */
export interface RequestParameter {
  readonly name: string;
  readonly value: string;
}

/** The settings of the OIDC provider. */
export interface OidcSettings {
  readonly name: string | null;
  readonly endpoint: string | null;
  readonly clientId: string | null;
  readonly clientSecret: SecretText | null;
  readonly scope: string;
  readonly groupsClaim: string | null;
  readonly groupFilter: string | null;
  readonly adminGroup: string | null;
  readonly userClaim: string | null;
  readonly autoOnboard: boolean;
  readonly verifyCertificate: boolean;
  readonly caCertificates: string | null;
  readonly extraRedirectParameters: readonly RequestParameter[];
  readonly logout: boolean;
  readonly recheckMinutes: number;
  readonly outageGraceMinutes: number;
  readonly groupsKeptHours: number;
}

function endpointProblem(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || text.length > 255 || /[\s\p{Cc}]/u.test(text)) return 'must be a URL of at most 255 characters.';
  if (url.username || url.password || url.hash || url.search) {
    return 'must not hold credentials, a query or a fragment.';
  }
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
  return isSafe ? undefined : 'must begin with https:// (http:// is for a loopback address alone).';
}

function scopeProblem(text: string): string | undefined {
  const scopes = scopesOf(text);
  // RFC 6749, section 3.3: the characters of a scope token.
  const wellFormed = scopes.every((scope) => /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(scope));
  if (!wellFormed || text.length > 1000) return 'must be scopes separated by commas, such as openid,profile,email.';
  return scopes.includes('openid') ? undefined : 'must contain openid.';
}

function certificatesProblem(text: string): string | undefined {
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  const isCertificate = (pem: string) => {
    try {
      new X509Certificate(pem);
      return true;
    } catch {
      return false;
    }
  };
  const usable = blocks.length > 0 && text.length <= 60_000 && blocks.every(isCertificate);
  return usable ? undefined : 'must be certificates in PEM form, at most 60,000 characters.';
}

function parametersProblem(parameters: readonly RequestParameter[]): string | undefined {
  if (parameters.length > 20) return 'must not hold more than 20 parameters.';
  const wellFormed = parameters.every(
    ({ name, value }) => /^[A-Za-z0-9._~-]{1,100}$/.test(name) && value.length <= 1000 && !INVISIBLE.test(value),
  );
  if (!wellFormed)
    return 'must have names of letters, digits, ".", "_", "~" or "-" and values of at most 1,000 characters.';
  const own = parameters.find(({ name }) => PROTOCOL_PARAMETERS.has(name));
  return own ? 'must not replace a parameter of the protocol itself, such as state or redirect_uri.' : undefined;
}

const PROTOCOL_PARAMETERS = new Set([
  'client_id',
  'client_secret',
  'code_challenge',
  'code_challenge_method',
  'nonce',
  'redirect_uri',
  'request',
  'request_uri',
  'response_mode',
  'response_type',
  'scope',
  'state',
]);

/** Every setting of the OIDC provider, declared once: default, meaning, validation, whether it is sealed at rest. */
export const OIDC_SETTINGS: Declarations<OidcSettings> = {
  name: {
    fallback: null,
    nullable: true,
    description: 'Shown on the login button.',
    problemOf: shortText(100),
  },
  endpoint: {
    fallback: null,
    nullable: true,
    description: "The issuer's URL: https, or http on a loopback address.",
    problemOf: endpointProblem,
  },
  clientId: {
    fallback: null,
    nullable: true,
    description: 'The client id with which Mooring is registered at the provider.',
    problemOf: shortText(255),
  },
  clientSecret: {
    fallback: null,
    nullable: false,
    sealed: true,
    description: 'The secret of that client. It is sealed at rest and never returned.',
    problemOf: (secret) => shortText(1000)(secret.reveal()),
  },
  scope: {
    fallback: 'openid,profile,email,offline_access',
    nullable: false,
    description: 'Comma-separated. Must hold openid; offline_access where refresh tokens are wanted.',
    problemOf: scopeProblem,
  },
  groupsClaim: {
    fallback: null,
    nullable: true,
    description: 'A claim, or a path of claims such as realm_access.roles. Null: no groups.',
    problemOf: shortText(255),
  },
  groupFilter: {
    fallback: null,
    nullable: true,
    description: "A regular expression (RE2); groups that don't match are left out.",
    problemOf: groupFilterProblem,
  },
  adminGroup: {
    fallback: null,
    nullable: true,
    description: 'Whoever the provider says is in this group is an administrator, for as long as it says so.',
    problemOf: shortText(255),
  },
  userClaim: {
    fallback: null,
    nullable: true,
    description: 'Where the user name comes from. Null: preferred_username, then name.',
    problemOf: shortText(255),
  },
  autoOnboard: {
    fallback: false,
    nullable: false,
    description: 'Whether a first login takes its user name from the user claim, where that is valid and free.',
    problemOf: anything,
  },
  verifyCertificate: {
    fallback: true,
    nullable: false,
    description: "Whether the provider's certificate must be trusted.",
    problemOf: anything,
  },
  caCertificates: {
    fallback: null,
    nullable: true,
    description: "PEM certificates trusted for the provider beside the system's own.",
    problemOf: certificatesProblem,
  },
  extraRedirectParameters: {
    fallback: [],
    nullable: false,
    description: "Parameters added to the redirect to the provider; the protocol's own can't be replaced.",
    problemOf: parametersProblem,
  },
  logout: {
    fallback: false,
    nullable: false,
    description: 'Whether logging out here also ends the session at the provider.',
    problemOf: anything,
  },
  recheckMinutes: {
    fallback: 0,
    nullable: false,
    description:
      'Ask the provider again at least this often, even if its token lasts longer; 0, the default, leaves it to the token.',
    problemOf: between(0, 43_200),
  },
  outageGraceMinutes: {
    fallback: 0,
    nullable: false,
    description:
      'How long past its expiry a token still counts while the provider does not answer; 0, the default, is not at all.',
    problemOf: between(0, 10_080),
  },
  groupsKeptHours: {
    fallback: 24,
    nullable: false,
    description:
      'For how many hours groups still count, from when they were last told, where the provider renews a token without telling of them: 0 to 720 (thirty days). After that they are unknown and give no rights, until they are told again.',
    problemOf: between(0, 720),
  },
};

/** The single scopes of the setting, which may be separated by commas or blanks. */
export function scopesOf(scope: string): string[] {
  return scope.split(/[\s,]+/).filter((part) => part !== '');
}

/** What OIDC mode can't do without and is not set, as setting names. */
export function missingForOidcMode(oidc: OidcSettings): string[] {
  const needed = ['endpoint', 'clientId', 'clientSecret'] as const;
  return needed.filter((name) => oidc[name] === null).map((name) => `oidc.${name}`);
}
