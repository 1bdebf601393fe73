import { checkedMetadata, ProviderMetadata } from '../provider/provider-metadata.js';
import { asProviderFailure } from '../provider/provider-failure.js';
import { Document } from './discovery-lists.js';
import { failed, Finding, passed } from './provider-report.js';
import { quote } from './quoted-words.js';

const IS_THE_ISSUER = 'Check the endpoint: it is the issuer, without /.well-known/openid-configuration.';

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
    ),
} satisfies Record<string, (...seen: never[]) => Finding>;

/** OpenID Connect Discovery 1.0, section 4: a slash at the end of the issuer is removed first. */
export function discoveryUrlOf(issuer: string): string {
  return `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
}

/** What is found if an answer is no discovery document. */
export function withoutDocument({ status }: Response): Finding {
  if (status === 200) return DISCOVERY.notJson();
  return status === 429 || status >= 500 ? DISCOVERY.inTrouble(status) : DISCOVERY.notFound(status);
}

/** Compares the issuer of a document with the configured one, byte by byte. */
export function issuerFinding({ issuer: theirs }: Document, ours: string): Finding {
  return theirs === ours ? DISCOVERY.sameIssuer() : DISCOVERY.otherIssuer(theirs, ours);
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
