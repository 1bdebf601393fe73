import { SecretText } from '../../common/crypto/secret-text.js';
import type { RegistryService } from '../../config/env.js';
import { basicCredentials } from '../../http/index.js';
import { BadTokenRequest, scopesIn, TokenScope } from '../protocol/index.js';

type BasicCredentials = NonNullable<ReturnType<typeof basicCredentials>>;

/** The credentials of a registry client, from the header or from a form. */
export type RegistryCredentials = BasicCredentials;

/** The parameters of a query or a form; a repeated one is a list. */
export type TokenParameters = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A parsed token request. */
export interface TokenRequest {
  /** Null if none were presented; `MALFORMED` if they cannot be read. */
  readonly credentials: RegistryCredentials | null | 'MALFORMED';
  readonly scopes: readonly TokenScope[];
  /** The registry that the token is for. */
  readonly service: RegistryService;
}

/** The registries that tokens are issued for; a request that names none is for the first. */
export type RegistryServices = readonly [RegistryService, ...RegistryService[]];

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
 * Parses a GET request, with Basic credentials or none (Docker Registry token authentication). `account`, `client_id` and
 * `offline_token` are accepted and ignored. An empty user name with an empty password is no credentials: containerd sends it
 * for an empty entry in its configuration.
 *
 * @throws {BadTokenRequest} for too many scopes, an unknown service, or a repeated parameter
 */
export function queryRequest(
  parameters: TokenParameters,
  header: string | undefined,
  services: RegistryServices,
): TokenRequest {
  const common = commonParts(parameters, services);
  const credentials = header === undefined ? null : (basicCredentials(header) ?? 'MALFORMED');
  return { credentials: unlessEmpty(credentials), ...common };
}

/**
 * Parses an OAuth 2.0 form with `grant_type=password` (RFC 6749, section 4.3.2). Mooring issues no refresh tokens, so a
 * presented one is not valid.
 *
 * @throws {BadTokenRequest} for too many scopes, an unknown service or grant type, or a repeated parameter
 */
export function formRequest(
  parameters: TokenParameters,
  header: string | undefined,
  services: RegistryServices,
): TokenRequest {
  const common = commonParts(parameters, services);
  if (header !== undefined) throw new BadTokenRequest('Send credentials in the form or in the header, not in both.');
  const { grant_type: grantType, username, password } = parameters;
  if (grantType === 'refresh_token') return { credentials: 'MALFORMED', ...common };
  if (grantType !== 'password') throw new BadTokenRequest('The grant_type must be password.');
  const isComplete = typeof username === 'string' && typeof password === 'string';
  const credentials = isComplete ? { username, secret: SecretText.given(password) } : 'MALFORMED';
  return { credentials: unlessEmpty(credentials), ...common };
}

function unlessEmpty(credentials: TokenRequest['credentials']): TokenRequest['credentials'] {
  const isPair = credentials !== null && credentials !== 'MALFORMED';
  return isPair && credentials.username === '' && credentials.secret.reveal() === '' ? null : credentials;
}

function commonParts(
  parameters: TokenParameters,
  services: RegistryServices,
): Pick<TokenRequest, 'scopes' | 'service'> {
  const repeated = ONCE.find((name) => typeof parameters[name] === 'object');
  if (repeated !== undefined) throw new BadTokenRequest(`Send ${repeated} only once.`);
  const { service: wanted = services[0].name, scope = [] } = parameters;
  const service = services.find(({ name }) => name === wanted);
  if (!service) throw new BadTokenRequest(unknownService(services));
  return { service, scopes: scopesIn(typeof scope === 'string' ? [scope] : scope) };
}

function unknownService({ length }: RegistryServices): string {
  const expected = length === 1 ? 'the value of REGISTRY_SERVICE' : 'one of those in REGISTRY_SERVICES';
  return `Unknown service: it must be ${expected}.`;
}
