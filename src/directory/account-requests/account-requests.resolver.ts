import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { ForAdmins } from '../../access/access.decorators.js';
import { AuditedMutation } from '../../audit/index.js';
import { AuthMode } from '../../settings/auth-mode.js';
import { OnlyIn } from '../../settings/only-in.decorator.js';
import { UserModel } from '../../users/models/index.js';
import { AccountMoves } from './account-moves.service.js';
import { declinedIdentity, movedAccountTarget } from './account-requests.audit.js';
import {
  DeclineAccountRequestInput,
  DeclineAccountRequestPayload,
  MoveAccountInput,
  MoveAccountPayload,
  WaitingIdentity,
} from './account-requests.models.js';
import { WaitingIdentities } from './waiting-identities.service.js';

/** The people who ask for an account that they had under another identity, and the decisions about them. */
@ForAdmins()
@Resolver(() => WaitingIdentity)
export class AccountRequestsResolver {
  constructor(
    private readonly waiting: WaitingIdentities,
    private readonly moves: AccountMoves,
  ) {}

  @Query(() => [WaitingIdentity], {
    nullable: true,
    description:
      'Who asks for an account that they had under another identity, or waits for a user name; first those who ask, oldest first: at most 100. For administrators.',
  })
  waitingIdentities(): Promise<WaitingIdentity[]> {
    return this.waiting.list();
  }

  @ForAdmins()
  @ResolveField(() => UserModel, {
    nullable: true,
    description: 'The user who has, or had, the name that is asked for; null if there is none with an identity.',
  })
  account(@Parent() { requestedUsername }: WaitingIdentity): Promise<UserModel | null> {
    return this.waiting.accountNamed(requestedUsername);
  }

  @OnlyIn(AuthMode.OIDC)
  @AuditedMutation('user.rebind', movedAccountTarget, () => MoveAccountPayload, {
    description:
      'Gives an account to the identity of a person who asks for one. User name and access rules stay; sessions, CLI secret, grant and the direct administrator role end. For administrators.',
  })
  async moveAccount(@Args('input') input: MoveAccountInput): Promise<MoveAccountPayload> {
    const { from, to } = input;
    return { user: UserModel.of(await this.moves.move(input)), moved: { from, to } };
  }

  @OnlyIn(AuthMode.OIDC)
  @AuditedMutation('account_request.decline', declinedIdentity, () => DeclineAccountRequestPayload, {
    description: 'Declines the request of a person who asks for an account. For administrators.',
  })
  async declineAccountRequest(
    @Args('input') { requestId }: DeclineAccountRequestInput,
  ): Promise<DeclineAccountRequestPayload> {
    return { requestId, declined: await this.moves.decline(requestId) };
  }
}
