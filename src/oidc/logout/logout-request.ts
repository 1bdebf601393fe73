import type { OutgoingForm } from '../../http/index.js';
import type { RequestParameter } from '../../settings/oidc-setting-problems.js';

/** The parts of a logout request (OpenID Connect RP-Initiated Logout 1.0, section 2). */
export interface LogoutParts {
  readonly endpoint: string;
  readonly clientId: string;
  /** The ID token; null if there is none that may be sent. */
  readonly hint: string | null;
  /** Where the provider sends the browser afterwards. */
  readonly returnUri: string;
  readonly state: string;
  /** Parameters from the settings, which can't replace the others. */
  readonly extra: readonly RequestParameter[];
}

/**
 * Servers, proxies and browsers have limits for URLs, the lowest known ones a little over 2,000 characters: of IIS for the
 * query, and of the oldest browsers.
 */
const LONGEST_URL = 2000;
/** What providers with parameters of their own call the way back: Amazon Cognito, Auth0, and Keycloak before version 18. */
const OTHER_WAYS_BACK = new Set(['logout_uri', 'returnTo', 'redirect_uri']);
const PROTOCOL_PARAMETERS = ['id_token_hint', 'client_id', 'post_logout_redirect_uri', 'state'];

/**
 * End-session endpoints of providers that refuse the whole logout if it names a way back without an ID token: Ory Hydra, and
 * Okta with its own and with custom authorization servers. Their hosts differ, the paths are fixed.
 */
const WANTS_HINT_FOR_RETURN = [/\/oauth2\/sessions\/logout$/, /^\/oauth2\/(?:[^/]+\/)?v1\/logout$/];

/** Whether the provider sends browsers back only if it gets an ID token, known by the path of its endpoint. */
export function wantsHintForReturn(endpoint: string): boolean {
  const { pathname } = new URL(endpoint);
  return WANTS_HINT_FOR_RETURN.some((path) => path.test(pathname));
}

/** The request for a logout at the provider. Parameters in the query of the endpoint stay, unless they are sent here. */
export function logoutRequestOf(parts: LogoutParts): OutgoingForm {
  const { endpoint, clientId, hint, extra } = parts;
  const sent = new Map(extra.map(({ name, value }) => [name, value]));
  const named: OutgoingForm['fields'] = hint === null ? [] : [['id_token_hint', hint]];
  const fields: OutgoingForm['fields'] = [...named, ['client_id', clientId], ...wayBackOf(parts), ...sent];
  const action = new URL(endpoint);
  for (const name of [...PROTOCOL_PARAMETERS, ...sent.keys()]) action.searchParams.delete(name);
  return { action: action.href, fields };
}

function wayBackOf({ endpoint, hint, returnUri, state, extra }: LogoutParts): OutgoingForm['fields'] {
  if (extra.some(({ name }) => OTHER_WAYS_BACK.has(name))) return [['state', state]];
  if (hint === null && wantsHintForReturn(endpoint)) return [];
  return [
    ['post_logout_redirect_uri', returnUri],
    ['state', state],
  ];
}

/** The request as a URL. */
export function logoutUrlOf({ action, fields }: OutgoingForm): string {
  const url = new URL(action);
  for (const [name, value] of fields) url.searchParams.append(name, value);
  return url.href;
}

/** Whether some browser or server may refuse the request as a URL for its length. */
export function isTooLongForUrl(request: OutgoingForm): boolean {
  return logoutUrlOf(request).length > LONGEST_URL;
}
