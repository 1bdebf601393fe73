import { isLoopback } from '../../common/network/loopback.js';
import { isTemplate, OWN_TENANT } from '../../common/network/shared-issuer.js';
import { isLinkLocal, linkLocalRefused } from './link-local.js';
import { ProviderError } from './provider.errors.js';

type EndpointName = 'authorization_endpoint' | 'token_endpoint' | 'jwks_uri' | OptionalEndpointName;
type OptionalEndpointName = 'userinfo_endpoint' | 'end_session_endpoint';

/** The parts of the discovery document that are used (OpenID Connect Discovery 1.0, section 3). */
export interface ProviderMetadata {
  readonly issuer: string;
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
  readonly jwks_uri: string;
  readonly userinfo_endpoint: string | null;
  readonly end_session_endpoint: string | null;
  /** Null if absent, or if it can't be used: only logins that push their request need it (RFC 9126, section 5). */
  readonly pushed_authorization_request_endpoint: string | null;
  /** Null if absent, or if it can't be used (RFC 7009; RFC 8414, section 2). */
  readonly revocation_endpoint: string | null;
  readonly require_pushed_authorization_requests: boolean;
  /** Null if absent, which means `client_secret_basic`. */
  readonly token_endpoint_auth_methods_supported: readonly string[] | null;
  /** The algorithms of client assertions; null if absent. */
  readonly token_endpoint_auth_signing_alg_values_supported: readonly string[] | null;
  /** Null if absent, which means RS256. */
  readonly id_token_signing_alg_values_supported: readonly string[] | null;
  /** Null if absent. */
  readonly userinfo_signing_alg_values_supported: readonly string[] | null;
}

/**
 * Checks a discovery document and returns the parts that are used. Throws {@link ProviderError} with what is wrong: an
 * issuer other than the configured one (compared byte by byte, Discovery 1.0 section 4.3), an endpoint that is missing, or
 * one that is not https (http on a loopback address under an http loopback issuer), has credentials or a fragment, or is
 * link-local.
 */
export function checkedMetadata(document: object, configuredIssuer: string): ProviderMetadata {
  const published = document as Readonly<Record<string, unknown>>;
  if (published.issuer !== configuredIssuer) throw issuerMismatch(published.issuer, configuredIssuer);
  const mayBePlain = isPlainLoopback(new URL(configuredIssuer));
  const endpoint = (name: EndpointName) => usableEndpoint(name, published[name], mayBePlain);
  const optional = (name: OptionalEndpointName) => (isAbsent(published[name]) ? null : endpoint(name));
  const unlessUnusable = (value: unknown) => (isUsableEndpoint(value, configuredIssuer) ? value : null);
  return {
    issuer: configuredIssuer,
    authorization_endpoint: endpoint('authorization_endpoint'),
    token_endpoint: endpoint('token_endpoint'),
    jwks_uri: endpoint('jwks_uri'),
    userinfo_endpoint: optional('userinfo_endpoint'),
    end_session_endpoint: optional('end_session_endpoint'),
    pushed_authorization_request_endpoint: unlessUnusable(published.pushed_authorization_request_endpoint),
    revocation_endpoint: unlessUnusable(published.revocation_endpoint),
    require_pushed_authorization_requests: published.require_pushed_authorization_requests === true,
    token_endpoint_auth_methods_supported: textsIn(published.token_endpoint_auth_methods_supported),
    token_endpoint_auth_signing_alg_values_supported: textsIn(
      published.token_endpoint_auth_signing_alg_values_supported,
    ),
    id_token_signing_alg_values_supported: textsIn(published.id_token_signing_alg_values_supported),
    userinfo_signing_alg_values_supported: textsIn(published.userinfo_signing_alg_values_supported),
  };
}

/** The refusal of a provider with another issuer than the configured one; the message shows both. */
export function issuerMismatch(published: unknown, configured: string): ProviderError {
  return new ProviderError(
    `The OpenID provider publishes ${shown(published)}, but the OIDC endpoint is set to "${configured}". ` +
      `An administrator should set the endpoint to ${adviceFor(published)}`,
    'issuer mismatch',
    'discovery document: issuer is not the configured one',
  );
}

function adviceFor(published: unknown): string {
  if (typeof published === 'string' && isTemplate(published)) return OWN_TENANT;
  return 'exactly the published issuer, including a slash at the end; Test OIDC Server says whether the discovery URL must be set too.';
}

/** Whether a published endpoint may be asked: {@link checkedMetadata} says which may not. */
export function isUsableEndpoint(value: unknown, configuredIssuer: string): value is string {
  try {
    usableEndpoint('token_endpoint', value, isPlainLoopback(new URL(configuredIssuer)));
    return true;
  } catch {
    return false;
  }
}

/** Whether a URL is plain http on a loopback address, the only case in which http is accepted. */
export function isPlainLoopback(url: URL): boolean {
  return url.protocol === 'http:' && isLoopback(url);
}

function usableEndpoint(name: EndpointName, value: unknown, mayBePlain: boolean): string {
  if (isAbsent(value)) throw refused(`publishes no ${name}`);
  if (typeof value !== 'string' || !URL.canParse(value))
    throw refused(`publishes ${withArticle(name)} that is not a URL`);
  const url = new URL(value);
  if (url.protocol !== 'https:' && !(mayBePlain && isPlainLoopback(url))) {
    throw refused(`publishes ${withArticle(name)} that is not https`);
  }
  if (url.username || url.password) throw refused(`publishes ${withArticle(name)} with credentials`);
  if (value.includes('#')) throw refused(`publishes ${withArticle(name)} with a fragment`);
  // Requests to it are refused as well; this also keeps browsers from being sent there.
  if (isLinkLocal(url.hostname)) throw linkLocalRefused();
  return value;
}

function withArticle(name: string): string {
  return `${/^[aei]/.test(name) ? 'an' : 'a'} ${name}`;
}

function textsIn(value: unknown): readonly string[] | null {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : null;
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}

function refused(what: string): ProviderError {
  return new ProviderError(
    `The OpenID provider ${what}. An administrator should check the OIDC endpoint.`,
    undefined,
    `discovery document: it ${what}`,
  );
}

function shown(value: unknown): string {
  if (typeof value !== 'string') return 'no issuer';
  return `the issuer ${JSON.stringify(value.slice(0, 255).replace(/[\p{C}\p{Z}]/gu, '?'))}`;
}
