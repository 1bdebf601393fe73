import { isPushing } from '../provider/login-request.js';
import { isUsableEndpoint } from '../provider/provider-metadata.js';
import { ProviderSettings } from '../provider/provider-settings.js';
import { AuthorizationAnswer } from './authorization-answer.js';
import { Document, listIn } from './discovery-lists.js';
import { failed, Finding, passed, skipped, warning } from './provider-report.js';

const ENABLE = 'Enable the authorization code flow (response type "code") for this client at the provider.';

/** Every cause of a finding about the authorization code flow, with its remedy. */
export const CODE_FLOW = {
  taken: () => passed('The provider does not refuse the authorization code flow to this client before the login.'),
  refused: (words: string) => failed(`This client may not use the authorization code flow: ${words}.`, ENABLE),
  pushedNowhere: (isRequired: boolean) =>
    failed(
      `Logins must push their requests (RFC 9126), ${isRequired ? 'as the discovery document requires' : 'by the settings'}, but the document has no usable endpoint for that (pushed_authorization_request_endpoint).`,
      isRequired ? 'Fix the discovery document at the provider.' : 'Set pushedAuthorizationRequests to automatic.',
    ),
  pushUnusable: (told: string) =>
    failed(
      `The endpoint for pushed authorization requests, which logins use, answers in a way that can't be used: ${told}.`,
      'Check the endpoint at the provider; or, where the provider does not require it, set pushedAuthorizationRequests to automatic.',
    ),
  signedOnly: () =>
    failed(
      'The provider takes only requests that are signed by the client (require_signed_request_object, RFC 9101), which Mooring does not send.',
      'Let the provider take requests without a signature from this client; they can be pushed instead.',
    ),
  notListed: () => failed('The response types that the provider announces lack "code".', ENABLE),
  withoutQuery: () =>
    failed(
      'The response modes that the provider announces lack "query", in which Mooring takes the answer to a login.',
      'Let the provider answer this client in the query of the redirect URI.',
    ),
  grantNotListed: () =>
    skipped(
      'The provider does not announce the grant authorization_code; such lists are often static. Only a login can tell.',
    ),
  announced: () =>
    skipped(
      'The provider announces the authorization code flow. Only a login can tell whether this client may use it.',
    ),
  notAnnounced: () => skipped('The discovery document has no information about this. Only a login can tell.'),
} satisfies Record<string, (...seen: never[]) => Finding>;

/** Whether logins push their requests, and whether the document has a usable endpoint for them. */
export interface Pushing {
  readonly isWanted: boolean;
  readonly hasEndpoint: boolean;
}

/** What settings and document say of pushed requests. */
export function pushingOf(
  document: Document,
  settings: Pick<ProviderSettings, 'issuer' | 'pushedAuthorizationRequests'>,
): Pushing {
  const isRequired = document.require_pushed_authorization_requests === true;
  return {
    isWanted: isPushing(settings, { require_pushed_authorization_requests: isRequired }),
    hasEndpoint: isUsableEndpoint(document.pushed_authorization_request_endpoint, settings.issuer),
  };
}

/** Whether the authorization code flow can be used: what the authorization endpoint told counts for more than the document. */
export function codeFlowFinding(document: Document, told: AuthorizationAnswer | null, pushing: Pushing): Finding {
  if (told?.refusedFlow) return CODE_FLOW.refused(told.refusedFlow);
  if (pushing.isWanted && !pushing.hasEndpoint) {
    return CODE_FLOW.pushedNowhere(document.require_pushed_authorization_requests === true);
  }
  if (pushing.isWanted && told?.unusablePush) return CODE_FLOW.pushUnusable(told.unusablePush);
  return told?.isTaken ? CODE_FLOW.taken() : announcedFinding(document);
}

function announcedFinding(document: Document): Finding {
  if (document.require_signed_request_object === true) return CODE_FLOW.signedOnly();
  const types = listIn(document, 'response_types_supported');
  const modes = listIn(document, 'response_modes_supported');
  const grants = listIn(document, 'grant_types_supported');
  if (types && !types.includes('code')) return CODE_FLOW.notListed();
  if (modes && !modes.includes('query')) return CODE_FLOW.withoutQuery();
  if (grants && !grants.includes('authorization_code')) return CODE_FLOW.grantNotListed();
  return types ? CODE_FLOW.announced() : CODE_FLOW.notAnnounced();
}

/** Every cause of a finding about PKCE (RFC 7636; RFC 8414, section 2), with its remedy. */
export const PKCE = {
  notAnnounced: () =>
    skipped(
      'The discovery document has no information about this. PKCE is always sent; a provider without it ignores it.',
    ),
  supported: () => passed('The provider announces PKCE with S256.'),
  withoutS256: () =>
    warning(
      'The provider announces PKCE without S256, the only method that Mooring uses.',
      'Enable S256 at the provider.',
    ),
} satisfies Record<string, () => Finding>;

/** Whether the provider announces PKCE with S256. */
export function pkceFinding(document: Document): Finding {
  const methods = listIn(document, 'code_challenge_methods_supported');
  if (!methods) return PKCE.notAnnounced();
  return methods.includes('S256') ? PKCE.supported() : PKCE.withoutS256();
}
