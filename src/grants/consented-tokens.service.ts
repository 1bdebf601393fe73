import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, LessThanOrEqual, Not, Or, Repository } from 'typeorm';
import { changedARow } from '../common/persistence/conditional-write.js';
import { Clock } from '../common/runtime/clock.js';
import { Installation } from '../settings/installation.js';
import { ANSWERED, sealingContext, WITHOUT_LEASE } from './grant-store.service.js';
import { ProviderGrant } from './provider-grant.entity.js';
import { providerSessionOf, ProviderLogin } from './provider-login.js';

/** How long a person is not asked for consent again. */
const ASK_AGAIN_SECONDS = 30 * 86_400;

const LIVING = { endReason: IsNull() };
const WITHOUT_TOKEN = { ...LIVING, sealedRefreshToken: IsNull() };

/** Refresh tokens for grants without a good one: whether their owners may be asked for consent, and what came of it. */
@Injectable()
export class ConsentedTokens {
  constructor(
    @InjectRepository(ProviderGrant) private readonly grants: Repository<ProviderGrant>,
    private readonly installation: Installation,
    private readonly clock: Clock,
  ) {}

  /** Whether the refresh token of a grant was last answered unclearly; a login that keeps it clears that mark. */
  isUnclear(userId: string): Promise<boolean> {
    return this.grants.existsBy({ userId, unclearFromMs: Not(IsNull()), sealedRefreshToken: Not(IsNull()) });
  }

  /**
   * Notes that the owner of a grant is asked for consent. False if they must not be: the grant of this login has a refresh
   * token or has ended, a later login replaced it, or its owner was asked within 30 days, on any replica.
   *
   * @param wasUnclear whether they may be asked although there is a refresh token, which this login kept
   */
  async noteAsked(
    userId: string,
    { profile: { issuer }, clientId, begunAt }: ProviderLogin,
    wasUnclear = false,
  ): Promise<boolean> {
    const longAgo = this.clock.secondsFromNow(-ASK_AGAIN_SECONDS);
    const asked = await this.grants.update(
      {
        ...{ userId, issuer, clientId, loginBegunAt: begunAt, ...(wasUnclear ? LIVING : WITHOUT_TOKEN) },
        consentAskedAt: Or(IsNull(), LessThanOrEqual(longAgo)),
      },
      { consentAskedAt: this.clock.now() },
    );
    return changedARow(asked);
  }

  /**
   * Adds the refresh token of a round to a grant of the same client; nothing else of the grant changes. False if that grant
   * has ended, has a refresh token by now, or came from a later login of another session at the provider.
   *
   * @param userId the user whose issuer and subject the round has
   * @param begunAt when the login before the round began
   * @param replaces the version of the grant whose refresh token, kept by that login, is replaced; null: there was none
   */
  async add(userId: string, begunAt: Date, round: ProviderLogin, replaces: number | null = null): Promise<boolean> {
    const { refreshToken, isOffline } = round.tokens;
    if (refreshToken === null) return false;
    const { session } = providerSessionOf(round);
    const ofClient = { userId, issuer: round.profile.issuer, clientId: round.clientId };
    const same = { ...ofClient, ...WITHOUT_TOKEN };
    const context = sealingContext('sealed_refresh_token', userId);
    const sealedRefreshToken = this.installation.cipher.seal(refreshToken, context);
    const added = await this.grants
      .createQueryBuilder()
      .update()
      // A refresh with the token before may be running: it then writes nothing.
      .set({ sealedRefreshToken, isOffline, isForeign: false, ...ANSWERED, ...WITHOUT_LEASE })
      .where([
        { ...same, loginBegunAt: begunAt },
        { ...same, providerSession: session ?? IsNull() },
        ...(replaces === null ? [] : [{ ...ofClient, ...LIVING, loginBegunAt: begunAt, version: replaces }]),
      ])
      .execute();
    return changedARow(added);
  }
}
