import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { SetUserDisabledPayload } from '../users/index.js';
import { EndedWithUser } from './ended-with-user.model.js';
import { ServiceTokenViews, TokenCreators } from '../service-tokens/index.js';
import { SessionsService } from '../sessions/index.js';

const NOTHING: EndedWithUser = { sessions: 0, serviceTokens: [] };

/** Resolves what ended because a user was disabled. */
@Resolver(() => SetUserDisabledPayload)
export class EndedWithUserResolver {
  constructor(
    private readonly sessions: SessionsService,
    private readonly creators: TokenCreators,
    private readonly views: ServiceTokenViews,
  ) {}

  @ResolveField(() => EndedWithUser, {
    nullable: true,
    description: 'What ended because of it; null if the user was enabled.',
  })
  async ended(@Parent() { user, before }: SetUserDisabledPayload): Promise<EndedWithUser | null> {
    if (!user.isDisabled) return null;
    if (before.isDisabled) return NOTHING;
    const { id, securityStamp } = before;
    const tokens = (await this.creators.isAdministrator(id)) ? await this.views.administrating(id) : [];
    return { sessions: await this.sessions.countUnder(id, securityStamp), serviceTokens: await this.views.of(tokens) };
  }
}
