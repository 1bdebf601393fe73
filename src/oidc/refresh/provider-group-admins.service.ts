import { Injectable } from '@nestjs/common';
import { hasAdminGroup, knownGroups } from '../../settings/group-rules.js';
import { SettingsService } from '../../settings/settings.service.js';
import { Clock } from '../../common/runtime/clock.js';
import { AdminMembership, GrantTerm, AdminGroupPolicy } from '../../access/admin-group-policy.js';
import { CurrentProvider } from '../index.js';
import { RefreshCoordinator } from './refresh-coordinator.service.js';
import {
  grantDeadlinesOf,
  GrantStatus,
  grantStatusOf,
  isActive,
  isRefreshedAtUse,
  OidcTokenState,
  ReauthenticationReason,
} from '../../grants/status/index.js';
import { GrantStore, groupNamesOf, ProviderGrant } from '../../grants/index.js';

/**
 * Decides who is an administrator by group: a user whose grant counts now and names the configured admin group. Nothing is
 * copied, so nothing can be out of date.
 */
@Injectable()
export class ProviderGroupAdmins extends AdminGroupPolicy {
  constructor(
    private readonly settings: SettingsService,
    private readonly provider: CurrentProvider,
    private readonly grants: GrantStore,
    private readonly refreshes: RefreshCoordinator,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async membershipOf(userId: string): Promise<AdminMembership> {
    const grant = await this.grantOfMember(userId);
    if (!grant) return 'NO_MEMBER';
    if (this.isUndecided(this.statusOf(grant))) return 'STALE';
    return this.countsNow(grant) ? 'MEMBER' : 'NO_MEMBER';
  }

  override askProvider(userId: string): Promise<void> {
    return this.refreshes.ensureFresh(userId);
  }

  override askBehind(userId: string, { expiresAt, verifiedAt }: GrantTerm): void {
    const { earlyFrom } = grantDeadlinesOf(expiresAt, verifiedAt, this.settings.current().oidc);
    if (earlyFrom <= this.clock.now()) this.refreshes.refreshEarly(userId);
  }

  override async askAgainBehind(userId: string): Promise<void> {
    const grant = this.provider.isInForce() ? await this.grants.of(userId) : null;
    if (grant && (this.isUnclear(grant) || this.areGroupsTooOld(grant))) this.refreshes.refreshEarly(userId);
  }

  override async isKnownMember(userId: string): Promise<boolean> {
    const grant = await this.grantOfMember(userId);
    if (!grant || !this.isMemberBy(grant)) return false;
    return this.statusOf(grant).state !== OidcTokenState.REAUTHENTICATION_REQUIRED;
  }

  /** Whether the provider has to be asked first; in the outage grace the grant counts without that. */
  private isUndecided(status: GrantStatus): boolean {
    return isRefreshedAtUse(status) && !isActive(status);
  }

  private isUnclear(grant: ProviderGrant): boolean {
    return this.statusOf(grant).reason === ReauthenticationReason.REFRESH_UNCLEAR;
  }

  private areGroupsTooOld(grant: ProviderGrant): boolean {
    const names = groupNamesOf(grant);
    const told = { names, toldAt: grant.groupsToldAt };
    return knownGroups(this.settings.current().oidc, told, this.clock.now()).length < names.length;
  }

  private countsNow(grant: ProviderGrant): boolean {
    return isActive(this.statusOf(grant)) && this.isMemberBy(grant);
  }

  private isMemberBy(grant: ProviderGrant): boolean {
    return this.provider.rightsBy({ names: groupNamesOf(grant), toldAt: grant.groupsToldAt }).isAdmin;
  }

  /** The grant of a member of the admin group, by the last known groups, however old. */
  private async grantOfMember(userId: string): Promise<ProviderGrant | null> {
    const { oidc } = this.settings.current();
    if (oidc.adminGroups.length === 0 || !this.provider.isInForce()) return null;
    const grant = await this.grants.of(userId);
    return grant && hasAdminGroup(oidc, groupNamesOf(grant)) ? grant : null;
  }

  private statusOf(grant: ProviderGrant): GrantStatus {
    const facts = this.provider.factsOf({ ...grant, hasRefreshToken: grant.sealedRefreshToken !== null });
    return grantStatusOf(facts, this.clock.now());
  }
}
