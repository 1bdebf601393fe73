import { Injectable } from '@nestjs/common';
import { hasAdminGroup } from '../../settings/group-rules.js';
import { SettingsService } from '../../settings/settings.service.js';
import { Clock } from '../../common/runtime/clock.js';
import { AdminMembership, GrantTerm, GroupAdmins } from '../../access/admin-group-policy.js';
import { CurrentProvider } from '../current-provider.service.js';
import { GrantRefresher } from './refresh-coordinator.service.js';
import { GrantStanding, isVouchedFor, OidcTokenState, standingOf } from '../../grants/grant-status.js';
import { grantTimesOf } from '../../grants/grant-deadlines.js';
import { GrantVault } from '../../grants/grant-store.service.js';
import { ProviderGrant } from '../../grants/provider-grant.entity.js';

/**
 * Administrators by group: whoever is in the admin group of the settings in force, by the groups in their own grant, for
 * as long as the provider vouches for them. Nothing is copied, so nothing can lag.
 */
@Injectable()
export class ProviderGroupAdmins extends GroupAdmins {
  constructor(
    private readonly settings: SettingsService,
    private readonly provider: CurrentProvider,
    private readonly vault: GrantVault,
    private readonly refresher: GrantRefresher,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async membershipOf(userId: string): Promise<AdminMembership> {
    const grant = await this.grantOfMember(userId);
    if (!grant) return 'NO_MEMBER';
    if (this.standing(grant).state === OidcTokenState.REFRESHABLE) return 'STALE';
    return this.countsNow(grant) ? 'MEMBER' : 'NO_MEMBER';
  }

  override askProvider(userId: string): Promise<void> {
    return this.refresher.ensureFresh(userId);
  }

  override askBehind(userId: string, { expiresAt, vouchedAt }: GrantTerm): void {
    const { earlyFrom } = grantTimesOf(expiresAt, vouchedAt, this.settings.current().oidc);
    if (earlyFrom <= this.clock.now()) this.refresher.refreshEarly(userId);
  }

  override async isKnownToInclude(userId: string): Promise<boolean> {
    const grant = await this.grantOfMember(userId);
    if (!grant || !this.isKnownMember(grant)) return false;
    return this.standing(grant).state !== OidcTokenState.REAUTHENTICATION_REQUIRED;
  }

  private countsNow(grant: ProviderGrant): boolean {
    return isVouchedFor(this.standing(grant)) && this.isKnownMember(grant);
  }

  private isKnownMember(grant: ProviderGrant): boolean {
    return this.provider.rightsBy({ names: namesIn(grant), toldAt: grant.groupsToldAt }).isAdmin;
  }

  /** The grant of a member of the admin group by the groups that were last told, however long ago. */
  private async grantOfMember(userId: string): Promise<ProviderGrant | null> {
    const { oidc } = this.settings.current();
    if (oidc.adminGroup === null || !this.provider.isInForce()) return null;
    const grant = await this.vault.of(userId);
    return grant && hasAdminGroup(oidc, namesIn(grant)) ? grant : null;
  }

  private standing(grant: ProviderGrant): GrantStanding {
    const facts = this.provider.factsOf({ ...grant, hasRefreshToken: grant.sealedRefreshToken !== null });
    return standingOf(facts, this.clock.now());
  }
}

function namesIn({ groupNames }: ProviderGrant): string[] {
  return JSON.parse(groupNames ?? '[]') as string[];
}
