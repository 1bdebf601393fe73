import { Args, Query, Resolver } from '@nestjs/graphql';
import { AuditedMutation, callerTarget } from '../audit/index.js';
import type { HttpExchange } from '../access/access.decorators.js';
import { CurrentUser, Exchange, ForUsers } from '../access/access.decorators.js';
import type { UserPrincipal } from '../access/principal.js';
import { EndSessionInput, EndSessionPayload, LoginSession } from './login-session.model.js';
import { SessionsService } from './sessions.service.js';

/** The caller's own sessions. */
@ForUsers()
@Resolver()
export class OwnSessionsResolver {
  constructor(private readonly sessions: SessionsService) {}

  @Query(() => [LoginSession], { name: 'sessions', nullable: true, description: "The caller's own, newest first." })
  list(@CurrentUser() actor: UserPrincipal, @Exchange() { request }: HttpExchange): Promise<LoginSession[]> {
    return this.sessions.of(actor.userId, request);
  }

  @AuditedMutation('session.end', callerTarget, () => EndSessionPayload, {
    description: "One of the caller's own sessions.",
  })
  async endSession(
    @CurrentUser() actor: UserPrincipal,
    @Args('input') { sessionId }: EndSessionInput,
  ): Promise<EndSessionPayload> {
    await this.sessions.endOne(actor.userId, sessionId);
    return { sessionId };
  }
}
