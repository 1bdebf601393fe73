import { isTemplate, OWN_TENANT } from '../../common/network/shared-issuer.js';
import { endpointProblem } from '../../settings/oidc-setting-problems.js';
import { discoveryUrlOf } from '../provider/discover.js';
import { checkedMetadata, ProviderMetadata } from '../provider/provider-metadata.js';
import { asProviderFailure } from '../provider/provider-failure.js';
import { Document } from './discovery-lists.js';
import { failed, Finding, passed, SettingFix } from './provider-report.js';
import { quote } from './quoted-words.js';

/** The remedy where no document is found. */
export const IS_THE_ISSUER =
  'Check the endpoint: it is the issuer, without /.well-known/openid-configuration. If the provider publishes its document elsewhere, set the discovery URL to exactly that place.';

/** Every cause of a finding about the discovery document and its issuer, with its remedy. */
export const DISCOVERY = {
  complete: () => passed('The discovery document has all required fields.'),
  notFound: (status: number) => failed(`No discovery document: The answer is HTTP ${status}.`, IS_THE_ISSUER),
  inTrouble: (status: number) =>
    failed(`No discovery document: The answer is HTTP ${status}.`, 'The provider is in trouble: test again later.'),
  notJson: () => failed('No discovery document: The answer is not a JSON object.', IS_THE_ISSUER),
  notUsable: (what: string) => failed(what, "Check the endpoint, and the provider's own configuration of its address."),
  sameIssuer: () => passed('The issuer equals the endpoint.'),
  otherIssuer: (theirs: unknown, ours: string) =>
    failed(
      `The provider publishes the issuer ${shown(theirs)}, but the endpoint is ${shown(ours)}.`,
      'Set the endpoint to exactly the published issuer, including a slash at the end.',
      endpointOf(theirs),
    ),
  issuerElsewhere: (theirs: unknown, ours: string, url: string) =>
    failed(
      `The provider publishes the issuer ${shown(theirs)}, but the endpoint is ${shown(ours)}.`,
      `If this is the right provider, set the endpoint to exactly the published issuer, including a slash at the end, and the discovery URL to ${url}`,
      endpointOf(theirs, { setting: 'discoveryUrl', value: url }),
    ),
  template: (theirs: string) =>
    failed(
      `The provider publishes ${shown(theirs)}, which is the template of an issuer: the document is that of many tenants.`,
      `Set the endpoint to ${OWN_TENANT}`,
    ),
} satisfies Record<string, (...seen: never[]) => Finding>;

/** The published issuer as the endpoint, where it may be one. */
function endpointOf(theirs: unknown, ...others: readonly SettingFix[]): readonly SettingFix[] | undefined {
  const isUsable = typeof theirs === 'string' && endpointProblem(theirs) === undefined;
  return isUsable ? [{ setting: 'endpoint', value: theirs }, ...others] : undefined;
}

/** What is found if an answer is no discovery document. */
export function withoutDocument({ status }: Response): Finding {
  if (status === 200) return DISCOVERY.notJson();
  return status === 429 || status >= 500 ? DISCOVERY.inTrouble(status) : DISCOVERY.notFound(status);
}

/**
 * Compares the issuer of a document with the configured one, byte by byte. The advice is to set what would be read from the
 * same place, since nothing may be published under the other issuer.
 *
 * @param url where the document was read; by default under the configured issuer
 */
export function issuerFinding({ issuer: theirs }: Document, ours: string, url?: string): Finding {
  if (theirs === ours) return DISCOVERY.sameIssuer();
  if (typeof theirs !== 'string') return DISCOVERY.otherIssuer(theirs, ours);
  if (isTemplate(theirs)) return DISCOVERY.template(theirs);
  const read = url ?? discoveryUrlOf({ issuer: ours });
  const isFound = discoveryUrlOf({ issuer: theirs }) === read;
  return isFound ? DISCOVERY.otherIssuer(theirs, ours) : DISCOVERY.issuerElsewhere(theirs, ours, read);
}

/** The parts of a document that a login uses, whatever its issuer; or why they can't be used. */
export function usableMetadata(document: Document, issuer: string): ProviderMetadata | Error {
  try {
    return checkedMetadata({ ...document, issuer }, issuer);
  } catch (error) {
    return asProviderFailure(error);
  }
}

/** An answer as a JSON object; undefined if it is not one. */
export async function jsonOf(answer: Response): Promise<Document | undefined> {
  const value: unknown = await answer.json().catch(() => undefined);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Document) : undefined;
}

function shown(value: unknown): string {
  return typeof value === 'string' ? quote(value) : '(none)';
}
