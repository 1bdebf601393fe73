import type { Identity } from './identity-plan.js';

/** So that four of them, with the words between, fit into the detail of an event. */
const LONGEST_PART = 55;

/** Both identities of a move, as the detail of its audit event. */
export function toldMove({ from, to }: { readonly from: Identity; readonly to: Identity }): string {
  return `from ${toldIdentity(from)} to ${toldIdentity(to)}`;
}

/** An identity, as the detail of an audit event: ASCII only, the middle of long parts left out. */
export function toldIdentity({ issuer, subject }: Identity): string {
  return `${JSON.stringify(shortened(subject))} at ${JSON.stringify(shortened(issuer))}`;
}

/** The middle of a long text is left out: its ends tell it from others. */
function shortened(text: string): string {
  const plain = text.replace(/[^\x21\x23-\x5b\x5d-\x7e]/gu, '?');
  if (plain.length <= LONGEST_PART) return plain;
  const end = Math.floor(LONGEST_PART / 2);
  return `${plain.slice(0, end)}...${plain.slice(3 - end)}`;
}
