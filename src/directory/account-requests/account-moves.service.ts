import { Injectable } from '@nestjs/common';
import { SettingsService } from '../../settings/settings.service.js';
import { Identity, IdentityMoves, IdentityRequests, UsersChangedMeanwhile } from '../../users/identities/index.js';
import { BUILT_IN_ADMIN_ID, BuiltInAdminProtected, User, UsersService } from '../../users/index.js';
import { FormerRights } from '../index.js';
import { IdentityChanged } from './account-requests.errors.js';

/** Where that is noticed last, the rights have ended already. */
const CHANGED_LATE = {
  message:
    'The account, or one of the two identities, changed while the account was moved. It was not moved, but its sessions, CLI secret and direct administrator role have ended. Load the list again.',
};

/** An account, its identity, and the one that is to have it. */
export interface AccountMove {
  readonly requestId: string;
  readonly accountId: string;
  readonly from: Identity;
  readonly to: Identity;
}

/** Gives an account to the identity of a person who asks for it. */
@Injectable()
export class AccountMoves {
  constructor(
    private readonly requests: IdentityRequests,
    private readonly moves: IdentityMoves,
    private readonly rights: FormerRights,
    private readonly users: UsersService,
    private readonly settings: SettingsService,
  ) {}

  /**
   * Moves an account to the identity of a request. Name and rules stay; sessions, CLI secret, grant and direct administrator
   * role end. Of several decisions about a request one wins, on any replica.
   *
   * @throws {BuiltInAdminProtected} for the built-in administrator
   * @throws {IdentityChanged} if the request or one of the identities is not as it was shown; its message says if rights have
   * ended by then
   */
  async move({ requestId, accountId: userId, from, to }: AccountMove): Promise<User> {
    if (userId === BUILT_IN_ADMIN_ID) throw new BuiltInAdminProtected();
    const moves = [{ line: 1, from, to }];
    const { carried } = await this.moves.plan(moves);
    const isAsShown = carried[0]?.user.id === userId && to.issuer === this.settings.current().oidc.endpoint;
    if (!isAsShown || !(await this.requests.take(requestId, to))) throw new IdentityChanged();
    // Before the change too: a process that ends after it must not leave what the former identity had.
    await this.rights.endNow([userId]);
    try {
      await this.rights.endNow([userId], await this.moves.apply(moves, carried));
    } catch (error) {
      throw error instanceof UsersChangedMeanwhile ? new IdentityChanged(CHANGED_LATE) : error;
    }
    return this.users.existing(userId);
  }

  /**
   * Declines a request.
   *
   * @returns whose it was
   * @throws {IdentityChanged} if it was decided or changed already
   */
  async decline(requestId: string): Promise<Identity> {
    const identity = await this.requests.takeAny(requestId);
    if (!identity) throw new IdentityChanged();
    return identity;
  }
}
