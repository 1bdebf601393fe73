import type { AuditTargets } from '../../audit/index.js';
import type { Identity } from '../../users/identities/index.js';
import { returnedUserTarget } from '../../users/index.js';
import type { MoveAccountInput, MoveAccountPayload } from './account-requests.models.js';

/** So that four of them, with the words between, fit into the detail of an event. */
const LONGEST_PART = 55;

/** For the move of an account: the account, and both identities as the detail. */
export const movedAccountTarget = {
  ofInput: ({ accountId }: MoveAccountInput) => ({ type: 'user', id: accountId }),
  ...returnedUserTarget,
  detailOf: ({ moved: { from, to } }: MoveAccountPayload) => `from ${shown(from)} to ${shown(to)}`,
} satisfies AuditTargets<MoveAccountInput, MoveAccountPayload>;

function shown({ issuer, subject }: Identity): string {
  return `${JSON.stringify(shortened(subject))} at ${JSON.stringify(shortened(issuer))}`;
}

/** The middle of a long text is left out: its ends tell it from others. */
function shortened(text: string): string {
  const plain = text.replace(/[^\x21\x23-\x5b\x5d-\x7e]/gu, '?');
  if (plain.length <= LONGEST_PART) return plain;
  const end = Math.floor(LONGEST_PART / 2);
  return `${plain.slice(0, end)}...${plain.slice(3 - end)}`;
}
