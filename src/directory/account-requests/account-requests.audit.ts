import type { AuditTargets } from '../../audit/index.js';
import { toldMove } from '../../users/identities/index.js';
import { returnedUserTarget } from '../../users/index.js';
import type { MoveAccountInput, MoveAccountPayload } from './account-requests.models.js';

/** For the move of an account: the account, and both identities as the detail. */
export const movedAccountTarget = {
  ofInput: ({ accountId }: MoveAccountInput) => ({ type: 'user', id: accountId }),
  ...returnedUserTarget,
  detailOf: ({ moved }: MoveAccountPayload) => toldMove(moved),
} satisfies AuditTargets<MoveAccountInput, MoveAccountPayload>;
