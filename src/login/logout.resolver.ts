import { Args, ResolveField, Resolver } from '@nestjs/graphql';
import { AuditedMutation, callerTarget } from '../audit/index.js';
import type { HttpExchange } from '../access/access.decorators.js';
import { Exchange, Public } from '../access/access.decorators.js';
import { LogoutChoices } from '../oidc/logout/index.js';
import { SessionsService } from '../sessions/index.js';
import { LoginOptions, LogoutPayload } from './login-options.model.js';
import { LogoutInput } from './logout.input.js';

/** The logout, and what it would end. */
@Resolver(() => LoginOptions)
export class LogoutResolver {
  constructor(
    private readonly choices: LogoutChoices,
    private readonly sessions: SessionsService,
  ) {}

  @ResolveField(() => Boolean, {
    description:
      'Whether a logout at the provider would end the CLI secret of the logged-in user, because this provider was seen to revoke tokens then. Ask before the logout, and pass hereOnly: true to keep the secret.',
  })
  logoutEndsCliSecret(@Exchange() exchange: HttpExchange): Promise<boolean> {
    return this.choices.endsCliSecret(exchange);
  }

  @Public()
  @AuditedMutation('logout', callerTarget, () => LogoutPayload)
  async logout(
    @Exchange() exchange: HttpExchange,
    @Args('input', { type: () => LogoutInput, nullable: true }) input?: LogoutInput | null,
  ): Promise<LogoutPayload> {
    const redirectUrl = input?.hereOnly ? null : await this.choices.begin(exchange);
    await this.sessions.end(exchange);
    return { redirectUrl };
  }
}
