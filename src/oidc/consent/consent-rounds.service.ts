import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { HttpExchange } from '../../access/access.decorators.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { ConsentedTokens, ProviderLogin } from '../../grants/index.js';
import { SessionsService } from '../../sessions/index.js';
import { UsersService } from '../../users/index.js';
import { ConsentNotes, RoundResult } from './consent-notes.service.js';
import type { ConsentRound, RoundOfAttempt } from './consent-round.js';

/** Ends rounds: adds the refresh token to the grant, or changes nothing. The login that came before stays in any case. */
@Injectable()
export class ConsentRounds {
  constructor(
    private readonly sessions: SessionsService,
    private readonly users: UsersService,
    private readonly tokens: ConsentedTokens,
    private readonly notes: ConsentNotes,
  ) {}

  /**
   * Ends a round and returns the path to which the browser is redirected, whatever came of it.
   *
   * @param verify consumes the attempt and verifies the answer of the provider
   */
  async finish(
    { request }: HttpExchange,
    { consent, returnTo }: RoundOfAttempt,
    verify: () => Promise<ProviderLogin>,
  ): Promise<string> {
    const result = await this.resultOf(request, consent, verify).catch(failureOf);
    await this.notes.ended(request, consent, result);
    return returnTo;
  }

  /** Sends the browser to the provider. If that fails, the round ends: then the path to which the browser is redirected. */
  async unlessFailed(
    { request }: HttpExchange,
    { consent, returnTo }: RoundOfAttempt,
    send: () => Promise<void>,
  ): Promise<string | null> {
    try {
      await send();
      return null;
    } catch (error) {
      await this.notes.ended(request, consent, failureOf(error));
      return returnTo;
    }
  }

  private async resultOf(
    request: FastifyRequest,
    round: ConsentRound,
    verify: () => Promise<ProviderLogin>,
  ): Promise<RoundResult> {
    const login = await verify();
    if (!(await this.isSamePerson(request, round, login))) return 'OTHER_PERSON';
    if (login.tokens.refreshToken === null) return 'NO_REFRESH_TOKEN';
    const isAdded = await this.tokens.add(round.userId, new Date(round.begunAt), login, round.replaces);
    return isAdded ? 'ADDED' : 'LOGIN_CHANGED';
  }

  /** Whether the tokens are of the person who is logged in here, and who logged in before. */
  private async isSamePerson(request: FastifyRequest, { userId }: ConsentRound, { profile }: ProviderLogin) {
    const session = await this.sessions.present(request);
    const user = await this.users.byIdentity(profile.issuer, profile.subject);
    return session?.userId === userId && user?.id === userId && !user.isDisabled;
  }
}

/** An expected refusal is a result of the round; anything else is a fault of ours. */
function failureOf(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  throw error;
}
