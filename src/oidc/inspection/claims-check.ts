import { outermostOf } from '../provider/claim-paths.js';
import { Document, listIn } from './discovery-lists.js';
import { Finding, skipped } from './provider-report.js';

/** The settings about claims. */
export interface ClaimSettings {
  readonly groupsClaim: string | null;
  /** How long groups count that the provider no longer sends, in hours. */
  readonly groupsKeptHours: number;
  readonly userClaim: string | null;
}

const oneOf = (names: readonly string[]) => names.join(' or ');

/** Every cause of a finding about a claim. There is nothing to fix before a login has shown what is sent. */
export const CLAIMS = {
  noGroups: () => skipped('No groups claim is set, so there are no groups.', 'Set one if groups are wanted.'),
  announced: (name: string) =>
    skipped(`The provider announces the claim ${name}. Only a login can tell whether it is sent.`),
  notListed: (names: readonly string[]) =>
    skipped(
      `The provider does not announce the claim ${oneOf(names)}; such lists are often static. Only a login can tell whether it is sent.`,
    ),
  notAnnounced: (names: readonly string[]) =>
    skipped(
      `The discovery document has no information about this. Only a login can tell whether the claim ${oneOf(names)} is sent.`,
    ),
} satisfies Record<string, (...seen: never[]) => Finding>;

/** What is known of the groups claim, and for how long groups are kept. */
export function groupsClaimFinding(
  document: Document,
  { groupsClaim: name, groupsKeptHours: hours }: ClaimSettings,
): Finding {
  if (name === null) return CLAIMS.noGroups();
  const { detail, ...finding } = claimFinding(document, [name]);
  const time = hours === 0 ? 'not at all' : `for ${hours} ${hours === 1 ? 'hour' : 'hours'}`;
  const kept = `Groups that neither a renewed token nor userinfo contains again are kept ${time}.`;
  return { ...finding, detail: `${detail} ${kept}` };
}

/** What is known of the claim with the user name. */
export function userClaimFinding(document: Document, { userClaim }: ClaimSettings): Finding {
  return claimFinding(document, userClaim === null ? ['preferred_username', 'name'] : [userClaim]);
}

function claimFinding(document: Document, names: readonly string[]): Finding {
  const claims = listIn(document, 'claims_supported');
  if (!claims) return CLAIMS.notAnnounced(names);
  const found = names.find((name) => outermostOf(name).some((claim) => claims.includes(claim)));
  return found === undefined ? CLAIMS.notListed(names) : CLAIMS.announced(found);
}
