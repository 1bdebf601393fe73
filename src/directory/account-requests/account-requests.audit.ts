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
export const movedAccountTarget = {
  ofInput: ({ accountId }: MoveAccountInput) => ({ type: 'user', id: accountId }),
  ...returnedUserTarget,
  detailOf: ({ moved }: MoveAccountPayload) => toldMove(moved),
} satisfies AuditTargets<MoveAccountInput, MoveAccountPayload>;

/** For a declined request: the identity of the person as the detail, who has no account. */
export const declinedIdentity = {
  detailOf: ({ declined }: DeclineAccountRequestPayload) => toldIdentity(declined),
} satisfies AuditTargets<DeclineAccountRequestInput, DeclineAccountRequestPayload>;
