import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, LessThanOrEqual, Or, Repository } from 'typeorm';
import { changedARow } from '../common/persistence/conditional-write.js';
import { Clock } from '../common/runtime/clock.js';
import { Installation } from '../settings/installation.js';
import { sealingContext } from './grant-store.service.js';
import { ProviderGrant } from './provider-grant.entity.js';
import { providerSessionOf, ProviderLogin } from './provider-login.js';

/** How long a person is not asked for consent again. */
const ASK_AGAIN_SECONDS = 30 * 86_400;

const WITHOUT_TOKEN = { endReason: IsNull(), sealedRefreshToken: IsNull() };

/** The refresh tokens of grants that came without one: whether their owners may be asked for consent, and what came of it. */
@Injectable()
export class ConsentedTokens {
  constructor(
    @InjectRepository(ProviderGrant) private readonly grants: Repository<ProviderGrant>,
    private readonly installation: Installation,
    private readonly clock: Clock,
  ) {}

  /**
   * Notes that the owner of a grant is asked for consent. False if they must not be: the grant of this login has a refresh
   * token or has ended, a later login replaced it, or its owner was asked within 30 days, on any replica.
   */
  async noteAsked(userId: string, { profile: { issuer }, clientId, begunAt }: ProviderLogin): Promise<boolean> {
    const longAgo = this.clock.secondsFromNow(-ASK_AGAIN_SECONDS);
    const asked = await this.grants.update(
      {
        ...{ userId, issuer, clientId, loginBegunAt: begunAt, ...WITHOUT_TOKEN },
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
   */
  async add(userId: string, begunAt: Date, round: ProviderLogin): Promise<boolean> {
    const { refreshToken, isOffline } = round.tokens;
    if (refreshToken === null) return false;
    const { session } = providerSessionOf(round);
    const same = { userId, issuer: round.profile.issuer, clientId: round.clientId, ...WITHOUT_TOKEN };
    const context = sealingContext('sealed_refresh_token', userId);
    const sealedRefreshToken = this.installation.cipher.seal(refreshToken, context);
    const added = await this.grants
      .createQueryBuilder()
      .update()
      .set({ sealedRefreshToken, isOffline, isForeign: false })
      .where([
        { ...same, loginBegunAt: begunAt },
        { ...same, providerSession: session ?? IsNull() },
      ])
      .execute();
    return changedARow(added);
  }
}
