import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AuditActorKind, AuditOutcome, AuditService, outcomeOf } from '../../audit/index.js';
import { clientAddressOf } from '../../common/network/client-address.js';
import { providerDigest } from '../../provider-logouts/index.js';
import { SingleUseService } from '../../single-use/index.js';
import { CurrentProvider } from '../index.js';
import { LogoutPropagation } from './logout-propagation.service.js';
import { LogoutTokenRefused } from '../provider/index.js';

const LONGEST_TOKEN = 16_384;

/** Logouts that the provider reports (OpenID Connect Back-Channel Logout 1.0). */
@Injectable()
export class BackchannelLogoutService {
  constructor(
    private readonly provider: CurrentProvider,
    private readonly propagation: LogoutPropagation,
    private readonly singleUse: SingleUseService,
    private readonly audit: AuditService,
  ) {}

  /**
   * Ends what a logout token names: sessions, pending onboardings, logins under way, and the grant unless it is offline.
   * The token is marked as used last: if the process dies in between, the same token can be sent again. It then ends the
   * rest, but nothing that began after the token was first received.
   *
   * @throws {LogoutTokenRefused} if the token is not valid, or was used before
   * @throws {ProviderUnavailable} {@link ProviderError} if the provider's keys can't be fetched
   */
  async handle({ id, ip, body }: FastifyRequest): Promise<void> {
    const request = { action: 'backchannel_logout' as const, remoteAddress: clientAddressOf({ ip }), requestId: id };
    try {
      const userId = await this.process(body);
      const actor = { kind: AuditActorKind.PROVIDER, id: null };
      const named = { actor, target: userId === null ? null : { type: 'user', id: userId } };
      await this.audit.write({ ...request, ...named, outcome: AuditOutcome.SUCCEEDED, reason: null });
    } catch (error) {
      const stranger = { actor: { kind: AuditActorKind.ANONYMOUS, id: null }, target: null };
      await this.audit.write({ ...request, ...stranger, ...outcomeOf(error) });
      throw error;
    }
  }

  private async process(body: unknown): Promise<string | null> {
    const client = await this.provider.client();
    const notice = await client.verifyLogoutToken(tokenIn(body));
    const userId = await this.propagation.end(client.issuer, notice);
    const token = providerDigest(client.issuer, notice.tokenId);
    const isNew = await this.singleUse.use('logout-token', token, notice.lastsUntil);
    if (!isNew) throw new LogoutTokenRefused('it was used before');
    return userId;
  }
}

function tokenIn(body: unknown): string {
  const { logout_token: token } = (body ?? {}) as { logout_token?: unknown };
  if (typeof token === 'string' && token !== '' && token.length <= LONGEST_TOKEN) return token;
  throw new LogoutTokenRefused('it must be sent once, as the form field logout_token');
}
