import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../common/runtime/clock.js';
import { GrantLogouts } from '../grants/grants.module.js';
import type { ProviderGrant } from '../grants/index.js';
import { ProviderFactsService } from '../provider-facts/index.js';
import { providerFingerprint } from './current-provider.service.js';

/** A grant that ends later after a logout has ended for another reason, as far as can be told; in milliseconds. */
const SOON_MS = 3_600_000;
const SEEN = 'A logout at the provider ended a CLI secret: the portal asks from now on whether to log out there.';

/**
 * Whether a logout at the provider also ends grants, as some providers do that revoke refresh tokens then. It is seen by a
 * grant that was good before a logout and ends at its next refresh, soon after.
 */
@Injectable()
export class LogoutEvidence {
  private readonly logger = new Logger(LogoutEvidence.name);

  constructor(
    private readonly facts: ProviderFactsService,
    private readonly grants: GrantLogouts,
    private readonly clock: Clock,
  ) {}

  /** Notes that a user goes to a logout at the provider. */
  noteBegun(userId: string): Promise<void> {
    return this.grants.noteBegun(userId, this.clock.now());
  }

  /** Notes that a grant, as it was read before, has ended; it counts if that is the first news of it since a logout. */
  async noteEnd(grant: ProviderGrant): Promise<void> {
    const sinceMs = sinceLogoutMs(grant, this.clock.now());
    if (sinceMs === null || sinceMs > SOON_MS) return;
    const isFirst = await this.facts.noteEndedByLogout(clientOf(grant), grant);
    if (isFirst) this.logger.warn({ userId: grant.userId }, SEEN);
  }

  /** Takes back what {@link noteEnd} noted of a grant because of an unclear answer, if it is refreshed after all. */
  async noteRecovery(grant: ProviderGrant): Promise<void> {
    const isSinceLogout = sinceLogoutMs(grant, this.clock.now()) !== null;
    if (isSinceLogout) await this.facts.forgetEndedByLogout(clientOf(grant), grant);
  }

  /** Whether a logout at the provider will end a grant, as far as it was seen. */
  endsGrant(grant: ProviderGrant): Promise<boolean> {
    return this.facts.endsByLogout(clientOf(grant), grant.isOffline);
  }
}

/** How long ago the logout was, if the provider has not verified the grant since; else null. */
function sinceLogoutMs({ logoutBegunAt, verifiedAt }: ProviderGrant, now: Date): number | null {
  const isSinceVerified = logoutBegunAt !== null && verifiedAt !== null && verifiedAt < logoutBegunAt;
  return isSinceVerified ? now.getTime() - logoutBegunAt.getTime() : null;
}

function clientOf({ issuer, clientId }: ProviderGrant): string {
  return providerFingerprint(issuer, clientId);
}
