import { hasOnlyCertificates, hasPrivateKey } from '../common/crypto/certificates.js';
import { isLoopback } from '../common/network/loopback.js';
import { isOfEveryTenant, OWN_TENANT } from '../common/network/shared-issuer.js';
import { INVISIBLE } from '../common/text/invisible-characters.js';
import { shortText } from './setting.js';

const LONGEST_URL = 255;
const LONGEST_DISCOVERY_URL = 500;
const LONGEST_SCOPE = 1000;
const LONGEST_CERTIFICATES = 60_000;
const MOST_PARAMETERS = 20;
const LONGEST_PARAMETER = 1000;
const LONGEST_CLAIM = 255;
const LONGEST_SEPARATOR = 5;

/** A parameter added to a redirect to the provider. */
export interface RequestParameter {
  readonly name: string;
  readonly value: string;
}

/** The scopes in the setting, separated by commas or spaces. */
export function scopesOf(scope: string): string[] {
  return scope.split(/[\s,]+/).filter((part) => part !== '');
}

/** The problem of an endpoint, if any. */
export function endpointProblem(text: string): string | undefined {
  const url = urlIn(text, LONGEST_URL);
  if (!url) return `must be a URL of at most ${LONGEST_URL} characters.`;
  if (url.username || url.password || url.hash || url.search) {
    return 'must not contain credentials, a query or a fragment.';
  }
  return sharedOrUnsafe(url, text);
}

/** The problem of a discovery URL, if any. It may have a query, in which Azure AD B2C names the policy. */
export function discoveryUrlProblem(text: string): string | undefined {
  const url = urlIn(text, LONGEST_DISCOVERY_URL);
  if (!url) return `must be a URL of at most ${LONGEST_DISCOVERY_URL} characters.`;
  if (url.username || url.password || text.includes('#')) return 'must not contain credentials or a fragment.';
  return sharedOrUnsafe(url, text);
}

function urlIn(text: string, longest: number): URL | undefined {
  const isUsable = URL.canParse(text) && text.length <= longest && !/[\s\p{Cc}]/u.test(text);
  return isUsable ? new URL(text) : undefined;
}

function sharedOrUnsafe(url: URL, text: string): string | undefined {
  if (isOfEveryTenant(url.href) || isOfEveryTenant(text)) {
    return `is the address of many tenants, whose document has a template in place of an issuer. Set ${OWN_TENANT}`;
  }
  const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
  return isSafe ? undefined : 'must begin with https:// (http:// only for a loopback address).';
}

/** The problem of a scope, if any: it must contain `openid`. */
export function scopeProblem(text: string): string | undefined {
  const scopes = scopesOf(text);
  // RFC 6749, section 3.3: the characters of a scope token.
  const wellFormed = scopes.every((scope) => /^[\x21\x23-\x5b\x5d-\x7e]+$/.test(scope));
  if (!wellFormed || text.length > LONGEST_SCOPE)
    return 'must be scopes separated by commas, such as openid,profile,email.';
  return scopes.includes('openid') ? undefined : 'must contain openid.';
}

/** The problem of certificates, if any. A private key among them is never stored: the setting is shown to administrators. */
export function certificatesProblem(text: string): string | undefined {
  if (hasPrivateKey(text)) {
    return 'must not contain a private key: paste only certificates, and replace that key if it is in use.';
  }
  const isUsable = text.length <= LONGEST_CERTIFICATES && hasOnlyCertificates(text);
  return isUsable ? undefined : 'must be certificates in PEM form, each of them complete, at most 60,000 characters.';
}

/** The problem of parameters of the login, if any: they must not replace those of the protocol. */
export function parametersProblem(parameters: readonly RequestParameter[]): string | undefined {
  const isOwn = replacesOneOf(LOGIN_PARAMETERS, parameters);
  const problem = 'must not replace a protocol parameter, such as state or redirect_uri.';
  return formProblem(parameters) ?? (isOwn ? problem : undefined);
}

/** The problem of parameters of the logout, if any: they must not replace those of the protocol. */
export function logoutParametersProblem(parameters: readonly RequestParameter[]): string | undefined {
  const isOwn = replacesOneOf(LOGOUT_PARAMETERS, parameters);
  const problem = 'must not replace a protocol parameter, such as state or client_id.';
  return formProblem(parameters) ?? (isOwn ? problem : undefined);
}

function replacesOneOf(protocol: ReadonlySet<string>, parameters: readonly RequestParameter[]): boolean {
  return parameters.some(({ name }) => protocol.has(name));
}

function formProblem(parameters: readonly RequestParameter[]): string | undefined {
  if (parameters.length > MOST_PARAMETERS) return `must not contain more than ${MOST_PARAMETERS} parameters.`;
  const wellFormed = parameters.every(
    ({ name, value }) =>
      /^[A-Za-z0-9._~-]{1,100}$/.test(name) && value.length <= LONGEST_PARAMETER && !INVISIBLE.test(value),
  );
  return wellFormed
    ? undefined
    : 'must have names of letters, digits, ".", "_", "~" or "-" and values of at most 1,000 characters.';
}

// OpenID Connect RP-Initiated Logout 1.0, section 2; and the secret, which no URL may have.
const LOGOUT_PARAMETERS = new Set(['client_id', 'client_secret', 'id_token_hint', 'post_logout_redirect_uri', 'state']);

const LOGIN_PARAMETERS = new Set([
  'client_assertion',
  'client_assertion_type',
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

/** The problem of a claim name, if any: what begins with `/` must be a JSON pointer (RFC 6901). */
export function claimProblem(name: string): string | undefined {
  const isBroken = name.startsWith('/') && !/^(\/([^~/]|~[01])*)+$/.test(name);
  return isBroken ? 'must be a JSON pointer (RFC 6901) if it begins with "/".' : shortText(LONGEST_CLAIM)(name);
}

/** The problem of a separator of groups, if any. */
export function separatorProblem(separator: string): string | undefined {
  if (separator === '' || separator.length > LONGEST_SEPARATOR)
    return `must be 1 to ${LONGEST_SEPARATOR} characters; send null to clear it.`;
  if (/\p{C}/u.test(separator)) return 'must not contain control or invisible characters.';
  return /[\p{L}\p{N}]/u.test(separator) ? 'must not contain letters or digits.' : undefined;
}
