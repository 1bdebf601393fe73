import { X509Certificate } from 'node:crypto';
import { isLoopback } from '../common/network/loopback.js';
import { SecretText } from '../common/crypto/secret-text.js';
import { INVISIBLE } from '../common/text/invisible-characters.js';
import { groupNamesOf, groupNamesProblem } from './group-lists.js';
import { groupNameOf } from './group-name.js';
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
  readonly adminGroups: readonly string[];
  readonly loginGroups: readonly string[];
  readonly userClaim: string | null;
  readonly autoOnboard: boolean;
  readonly verifyCertificate: boolean;
  readonly caCertificates: string | null;
  readonly extraRedirectParameters: readonly RequestParameter[];
  readonly logout: boolean;
  readonly recheckMinutes: number;
  readonly outageGraceMinutes: number;
  readonly groupsKeptHours: number;
  readonly maxSignInDays: number;
  readonly confirmAtUserinfo: boolean;
}

function endpointProblem(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || text.length > 255 || /[\s\p{Cc}]/u.test(text)) return 'must be a URL of at most 255 characters.';
  if (url.username || url.password || url.hash || url.search) {
    return 'must not contain credentials, a query or a fragment.';
  }
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
  return isSafe ? undefined : 'must begin with https:// (http:// only for a loopback address).';
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
  if (parameters.length > 20) return 'must not contain more than 20 parameters.';
  const wellFormed = parameters.every(
    ({ name, value }) => /^[A-Za-z0-9._~-]{1,100}$/.test(name) && value.length <= 1000 && !INVISIBLE.test(value),
  );
  if (!wellFormed)
    return 'must have names of letters, digits, ".", "_", "~" or "-" and values of at most 1,000 characters.';
  const own = parameters.find(({ name }) => PROTOCOL_PARAMETERS.has(name));
  return own ? 'must not replace a protocol parameter, such as state or redirect_uri.' : undefined;
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

/** Every setting of the OIDC provider, declared once: default, description, validation, and whether it is sealed at rest. */
export const OIDC_SETTINGS: Declarations<OidcSettings> = {
  name: {
    part: 'connection',
    fallback: null,
    nullable: true,
    description: 'Shown on the login button.',
    problemOf: shortText(100),
  },
  endpoint: {
    part: 'connection',
    fallback: null,
    nullable: true,
    description: "The issuer's URL: https, or http on a loopback address.",
    problemOf: endpointProblem,
  },
  clientId: {
    part: 'connection',
    fallback: null,
    nullable: true,
    description: 'The client ID under which Mooring is registered at the provider.',
    problemOf: shortText(255),
  },
  clientSecret: {
    part: 'connection',
    fallback: null,
    nullable: false,
    sealed: true,
    description: 'The client secret. Encrypted at rest and never returned.',
    problemOf: (secret) => shortText(1000)(secret.reveal()),
  },
  scope: {
    part: 'connection',
    fallback: 'openid,profile,email,offline_access',
    nullable: false,
    description: 'Comma-separated. Must contain openid; add offline_access for refresh tokens.',
    problemOf: scopeProblem,
  },
  groupsClaim: {
    part: 'groups',
    fallback: null,
    nullable: true,
    description: 'A claim, or a path of claims such as realm_access.roles. Null: no groups.',
    problemOf: shortText(255),
  },
  groupFilter: {
    part: 'groups',
    fallback: null,
    nullable: true,
    description: "A regular expression (RE2); groups that don't match are left out.",
    problemOf: groupFilterProblem,
  },
  adminGroup: {
    part: null,
    fallback: null,
    nullable: true,
    description:
      'Members of this provider group are administrators for as long as the provider lists them. One name, never split; the first of adminGroups.',
    storedForm: groupNameOf,
    problemOf: shortText(255),
  },
  adminGroups: {
    part: 'groups',
    fallback: [],
    nullable: false,
    holdsTexts: true,
    description:
      'Members of any of these provider groups are administrators for as long as the provider lists them: at most 100 names. Setting adminGroup makes it a list of that one.',
    storedForm: groupNamesOf,
    problemOf: groupNamesProblem,
  },
  loginGroups: {
    part: 'groups',
    fallback: [],
    nullable: false,
    holdsTexts: true,
    description:
      'Only members of at least one of these provider groups may log in, use their CLI secret or administer: at most 100 names. Empty (default): everybody whom the provider knows. The group filter does not apply.',
    storedForm: groupNamesOf,
    problemOf: groupNamesProblem,
  },
  userClaim: {
    part: 'names',
    fallback: null,
    nullable: true,
    description: 'The claim for the user name. Null: preferred_username, then name.',
    problemOf: shortText(255),
  },
  autoOnboard: {
    part: 'names',
    fallback: false,
    nullable: false,
    description: 'Whether a first login takes its user name from the user claim if that name is valid and free.',
    problemOf: anything,
  },
  verifyCertificate: {
    part: 'connection',
    fallback: true,
    nullable: false,
    description: "Whether the provider's certificate must be trusted.",
    problemOf: anything,
  },
  caCertificates: {
    part: 'connection',
    fallback: null,
    nullable: true,
    description: "PEM certificates trusted for the provider in addition to the system's own.",
    problemOf: certificatesProblem,
  },
  extraRedirectParameters: {
    part: 'connection',
    fallback: [],
    nullable: false,
    description: 'Parameters added to the redirect to the provider; protocol parameters cannot be replaced.',
    problemOf: parametersProblem,
  },
  logout: {
    part: 'names',
    fallback: false,
    nullable: false,
    description: 'Whether logging out here also ends the session at the provider.',
    problemOf: anything,
  },
  recheckMinutes: {
    part: 'trust',
    fallback: 0,
    nullable: false,
    description:
      'Refresh with the provider at least this often, even if its token lasts longer; 0 (default): only when the token expires.',
    problemOf: between(0, 43_200),
  },
  outageGraceMinutes: {
    part: 'trust',
    fallback: 0,
    nullable: false,
    description:
      'How long an expired token is still accepted while the provider does not answer; 0 (default): not at all.',
    problemOf: between(0, 10_080),
  },
  groupsKeptHours: {
    part: 'trust',
    fallback: 24,
    nullable: false,
    description:
      'How many hours the last reported groups stay valid if the provider refreshes tokens without reporting groups: 0 to 720 (thirty days). After that the groups are unknown and grant nothing until they are reported again.',
    problemOf: between(0, 720),
  },
  maxSignInDays: {
    part: 'trust',
    fallback: 0,
    nullable: false,
    description:
      'How many days after a browser login another one is required, whatever the provider says: 0 to 3,650; 0 (default): never.',
    problemOf: between(0, 3650),
  },
  confirmAtUserinfo: {
    fallback: false,
    nullable: false,
    part: 'trust',
    description:
      'Whether userinfo must confirm the person after each refresh, for providers that go on refreshing for people who were disabled. Groups that it does not send then count as none. Switched on by an administrator who logs in at the provider: userinfo must answer for them. Off again before another endpoint or client ID is set.',
    problemOf: anything,
  },
};

/** The scopes in the setting, separated by commas or spaces. */
export function scopesOf(scope: string): string[] {
  return scope.split(/[\s,]+/).filter((part) => part !== '');
}

/** The names of the settings that OIDC mode requires and that are not set. */
export function missingForOidcMode(oidc: OidcSettings): string[] {
  const needed = ['endpoint', 'clientId', 'clientSecret'] as const;
  return needed.filter((name) => oidc[name] === null).map((name) => `oidc.${name}`);
}
