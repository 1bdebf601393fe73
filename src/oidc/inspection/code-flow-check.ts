import { AuthorizationAnswer } from './authorization-answer.js';
import { Document, listIn } from './discovery-lists.js';
import { failed, Finding, passed, skipped, warning } from './provider-report.js';

const ENABLE = 'Enable the authorization code flow (response type "code") for this client at the provider.';

/** Every cause of a finding about the authorization code flow, with its remedy. */
export const CODE_FLOW = {
  taken: () => passed('The provider does not refuse the authorization code flow to this client before the login.'),
  refused: (words: string) => failed(`This client may not use the authorization code flow: ${words}.`, ENABLE),
  pushedOnly: () =>
    warning(
      'The provider announces that it takes pushed authorization requests only (RFC 9126), which logins do not use.',
      'Let the provider take plain authorization requests from this client.',
    ),
  notListed: () => warning('The response types that the provider announces lack "code".', ENABLE),
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

/** Whether the authorization code flow can be used: what the authorization endpoint told counts for more than the document. */
export function codeFlowFinding(document: Document, told: AuthorizationAnswer | null): Finding {
  if (told?.refusedFlow) return CODE_FLOW.refused(told.refusedFlow);
  if (document.require_pushed_authorization_requests === true) return CODE_FLOW.pushedOnly();
  if (told?.isTaken) return CODE_FLOW.taken();
  const types = listIn(document, 'response_types_supported');
  const grants = listIn(document, 'grant_types_supported');
  if (types && !types.includes('code')) return CODE_FLOW.notListed();
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
