import type { AuditTargets } from '../../audit/index.js';
import { toldIdentity, toldMove } from '../../users/identities/index.js';
import { returnedUserTarget } from '../../users/index.js';
import type {
  DeclineAccountRequestInput,
  DeclineAccountRequestPayload,
  MoveAccountInput,
  MoveAccountPayload,
} from './account-requests.models.js';

/** For the move of an account: the account, and both identities as the detail. */
export const movedAccountTarget: AuditTargets<MoveAccountInput, MoveAccountPayload> = {
  ofInput: ({ accountId }: MoveAccountInput) => ({ type: 'user', id: accountId }),
  ofPayload: returnedUserTarget.ofPayload,
  detailOf: ({ moved }: MoveAccountPayload) => toldMove(moved),
};

/** For a declined request: the identity of the person as the detail, who has no account. */
export const declinedIdentity = {
  detailOf: ({ declined }: DeclineAccountRequestPayload) => toldIdentity(declined),
} satisfies AuditTargets<DeclineAccountRequestInput, DeclineAccountRequestPayload>;
