import { Injectable } from '@nestjs/common';
import { hasAdminGroup } from '../settings/group-rules.js';
import { SettingsService } from '../settings/settings.service.js';
import { Clock } from '../common/clock.js';
import { GroupAdmins } from '../sessions/group-admins.js';
import { CurrentProvider } from './current-provider.js';
import { OidcTokenState, standingOf } from './grant-standing.js';
import { GrantVault } from './grant-vault.service.js';
import { ProviderGrant } from './provider-grant.entity.js';

/**
 * Administrators by group: whoever is in the admin group of the settings in force, by the groups in their own grant, for
 * as long as that grant needs no new login. Nothing is copied, so nothing can lag.
 */
@Injectable()
export class ProviderGroupAdmins extends GroupAdmins {
  constructor(
    private readonly settings: SettingsService,
    private readonly provider: CurrentProvider,
    private readonly vault: GrantVault,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async includes(userId: string): Promise<boolean> {
    const { oidc } = this.settings.current();
    if (oidc.adminGroup === null || !this.provider.isInForce()) return false;
    const grant = await this.vault.of(userId);
    return grant !== null && this.isByGrant(grant);
  }

  private isByGrant(grant: ProviderGrant): boolean {
    const facts = this.provider.factsOf({ ...grant, hasRefreshToken: grant.sealedRefreshToken !== null });
    const { state } = standingOf(facts, this.clock.now());
    const names = JSON.parse(grant.groupNames ?? '[]') as string[];
    return state !== OidcTokenState.REAUTHENTICATION_REQUIRED && hasAdminGroup(this.settings.current().oidc, names);
  }
}
