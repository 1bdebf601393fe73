import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Exchange, Public } from '../../access/access.decorators.js';
import type { HttpExchange } from '../../access/access.decorators.js';
import { AuditedMutation, AuditTargets } from '../../audit/index.js';
import { toldIdentity } from '../../users/identities/index.js';
import { AuthMode } from '../../settings/auth-mode.js';
import { OnlyIn } from '../../settings/only-in.decorator.js';
import { AccountRequest, RequestAccountInput, RequestAccountPayload } from './account-request.models.js';
import { AccountRequests } from './account-requests.service.js';
import { OnboardingExpired } from './login.errors.js';
import { PendingOnboarding } from './onboarding.models.js';
import { PendingOnboardings } from './pending-onboardings.service.js';

/** The identity of the person who asks as the detail of the event: they have no account. */
const askingIdentity = {
  detailOf: ({ pendingOnboarding }: RequestAccountPayload) => toldIdentity(pendingOnboarding.identity),
} satisfies AuditTargets<RequestAccountInput, RequestAccountPayload>;

/** The request for an account that a person had under another identity. */
@Resolver(() => PendingOnboarding)
export class AccountRequestResolver {
  constructor(
    private readonly requests: AccountRequests,
    private readonly pendings: PendingOnboardings,
  ) {}

  @Public()
  @OnlyIn(AuthMode.OIDC)
  @AuditedMutation('account_request.create', askingIdentity, () => RequestAccountPayload, {
    description:
      'Asks for an account that the person of this pending onboarding had under another identity of theirs. An administrator decides.',
  })
  async requestAccount(
    @Exchange() { request }: HttpExchange,
    @Args('input') { username }: RequestAccountInput,
  ): Promise<RequestAccountPayload> {
    await this.requests.ask(request, username);
    const pendingOnboarding = await this.pendings.summaryOf(request);
    if (!pendingOnboarding) throw new OnboardingExpired();
    return { pendingOnboarding };
  }

  @ResolveField(() => AccountRequest, { nullable: true, description: 'Null if the person asks for no account.' })
  accountRequest(@Parent() { identity }: PendingOnboarding): Promise<AccountRequest | null> {
    return this.requests.of(identity);
  }

  @ResolveField(() => Boolean, {
    description: 'Whether the identity has an account by now: the next login leads there, without a user name.',
  })
  hasAccount(@Parent() { identity }: PendingOnboarding): Promise<boolean> {
    return this.requests.hasAccount(identity);
  }
}
