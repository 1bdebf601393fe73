import { AuditChange, changesBetween } from '../audit/changes/index.js';
import type { AuditLabelSource, AuditTargets } from '../audit/index.js';
import type { User } from './user.entity.js';
import type { UserModel } from './models/user.model.js';

interface UserInput {
  readonly userId: string;
}

interface UserPayload {
  readonly user: UserModel;
  readonly changes?: readonly AuditChange[];
}

/** Where the audit log reads user names. */
export const USER_LABEL: AuditLabelSource = { type: 'user', table: 'users', column: 'username' };

/** For calls that delete the user of their input. */
export const deletedUserTarget = {
  ofInput: ({ userId }: UserInput) => ({ type: 'user', id: userId }),
} satisfies AuditTargets<UserInput, unknown>;

/** For calls that create a user, log one in, or change the caller. */
export const returnedUserTarget = {
  ofPayload: ({ user }: UserPayload) => ({ type: 'user', id: user.id, label: user.username }),
  changesOf: ({ changes = [] }: UserPayload) => changes,
} satisfies AuditTargets<unknown, UserPayload>;

/** For calls that change the user of their input. */
export const userTarget = { ...deletedUserTarget, ...returnedUserTarget };

/** What differs between two versions of a user; null: before the account was created. */
export function userChanges(before: User | null, after: User): AuditChange[] {
  return changesBetween(before && contentOf(before), contentOf(after));
}

function contentOf({ username, email, realName, comment, isAdmin, isDisabled }: User) {
  return { username, email, realName, comment, isAdmin, isDisabled };
}
