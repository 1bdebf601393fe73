import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { LoginRefusal, loginRefusalOf } from '../oidc/index.js';
import { OnboardingNames, UsernameProblem } from '../users/names/index.js';
import { UsersService } from '../users/index.js';
import { LoginPreviewModel } from './test-login.models.js';

/** What the accounts here say of a previewed person. */
@Resolver(() => LoginPreviewModel)
export class LoginPreviewResolver {
  constructor(
    private readonly users: UsersService,
    private readonly names: OnboardingNames,
  ) {}

  @ResolveField(() => String, {
    nullable: true,
    description: 'The user name of the account that this person has here; null if they have none yet.',
  })
  async account(@Parent() { issuer, subject }: LoginPreviewModel): Promise<string | null> {
    const user = await this.users.byIdentity(issuer, subject);
    return user?.username ?? null;
  }

  @ResolveField(() => LoginRefusal, {
    nullable: true,
    description: 'Why a login of this person would be refused here now; null if it would not be.',
  })
  async refusal(@Parent() { issuer, subject, mayLogIn }: LoginPreviewModel): Promise<LoginRefusal | null> {
    return loginRefusalOf(await this.users.byIdentity(issuer, subject), mayLogIn);
  }

  @ResolveField(() => UsernameProblem, {
    nullable: true,
    description: 'Why a new account could not have the name from the provider; null if it could.',
  })
  async usernameProblem(@Parent() { username, isPlaceRequired }: LoginPreviewModel): Promise<UsernameProblem | null> {
    if (username === null) return UsernameProblem.EMPTY;
    return (await this.names.availability(username, isPlaceRequired)).problem;
  }

  @ResolveField(() => String, { nullable: true, description: 'The name that a first login would be offered.' })
  suggestedUsername(@Parent() { username, isPlaceRequired }: LoginPreviewModel): Promise<string | null> {
    return this.names.suggest(username, isPlaceRequired);
  }
}
