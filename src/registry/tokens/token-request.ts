import { SecretText } from '../../common/crypto/secret-text.js';
import { basicCredentials, RegistryCredentials } from './basic-credentials.js';
import { BadTokenRequest } from '../protocol/registry.errors.js';
import { scopesIn, TokenScope } from '../protocol/token-scope.js';

/** Parameters as a query or a form has them: repeated ones are a list. */
export type TokenParameters = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What a registry client asks for. */
export interface TokenRequest {
  /** Null where nothing was presented; `MALFORMED` where something was that can't be read. */
  readonly credentials: RegistryCredentials | null | 'MALFORMED';
  readonly scopes: readonly TokenScope[];
}

const ONCE = [
  'service',
  'account',
  'client_id',
  'offline_token',
  'grant_type',
  'username',
  'password',
  'refresh_token',
];

/**
 * A request in the form of a query, with Basic credentials or none (Docker Registry token authentication). `account`,
 * `client_id` and `offline_token` are taken and change nothing.
 *
 * @throws {BadTokenRequest} for a broken scope, an unknown service, or what is there twice
 */
export function queryRequest(parameters: TokenParameters, header: string | undefined, service: string): TokenRequest {
  const scopes = commonParts(parameters, service);
  const credentials = header === undefined ? null : (basicCredentials(header) ?? 'MALFORMED');
  return { credentials, scopes };
}

/**
 * A request in the form of an OAuth 2.0 form with `grant_type=password` (RFC 6749, section 4.3.2). Mooring gives no refresh
 * tokens, so that a presented one is none of its own.
 *
 * @throws {BadTokenRequest} for a broken scope, an unknown service or grant type, or what is there twice
 */
export function formRequest(parameters: TokenParameters, header: string | undefined, service: string): TokenRequest {
  const scopes = commonParts(parameters, service);
  if (header !== undefined) throw new BadTokenRequest('Send credentials in the form or in the header, not in both.');
  const { grant_type: grantType, username, password } = parameters;
  if (grantType === 'refresh_token') return { credentials: 'MALFORMED', scopes };
  if (grantType !== 'password') throw new BadTokenRequest('The grant_type must be password.');
  const isWhole = typeof username === 'string' && typeof password === 'string';
  return { credentials: isWhole ? { username, secret: new SecretText(password) } : 'MALFORMED', scopes };
}

function commonParts(parameters: TokenParameters, service: string): TokenScope[] {
  const twice = ONCE.find((name) => typeof parameters[name] === 'object');
  if (twice !== undefined) throw new BadTokenRequest(`Send ${twice} once.`);
  const { service: wanted = service, scope = [] } = parameters;
  if (wanted !== service) {
    throw new BadTokenRequest('This service is not known here: service must be what REGISTRY_SERVICE says.');
  }
  return scopesIn(typeof scope === 'string' ? [scope] : scope);
}
