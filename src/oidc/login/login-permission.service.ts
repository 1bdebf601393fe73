import { Injectable } from '@nestjs/common';
import { actorOf, AuditService, outcomeOf } from '../../audit/index.js';
import type { HttpExchange } from '../../access/access.decorators.js';
import { clientAddressOf } from '../../common/network/client-address.js';
import { GrantStore, ProviderLogin } from '../../grants/index.js';
import { LoginNotAllowed } from '../../grants/limits/index.js';
import { MembershipsService } from '../../groups/index.js';
import { CurrentProvider } from '../index.js';

/** Decides by the groups that the provider has told whether a person may log in (`oidc.loginGroups`). */
@Injectable()
export class LoginPermission {
  constructor(
    private readonly grants: GrantStore,
    private readonly memberships: MembershipsService,
    private readonly provider: CurrentProvider,
    private readonly audit: AuditService,
  ) {}

  /**
   * Demands that a person without a user may log in, before anything of them is stored. Unknown groups are none.
   *
   * @throws {LoginNotAllowed} if they may not
   */
  demandNew({ profile }: ProviderLogin): void {
    if (!this.provider.mayLogIn({ names: profile.groups ?? [], toldAt: null })) throw new LoginNotAllowed();
  }

  /** The same for a login, whose refusal is audited. */
  async demandNewAtLogin({ request }: HttpExchange, login: ProviderLogin): Promise<void> {
    try {
      this.demandNew(login);
    } catch (error) {
      const from = { remoteAddress: clientAddressOf(request), requestId: request.id };
      await this.audit.write({ action: 'login', actor: actorOf(null), target: null, ...from, ...outcomeOf(error) });
      throw error;
    }
  }

  /**
   * Indexes the groups of a user's grant, which was just stored, and demands that they may log in. The groups of the grant
   * decide: where this login told of none, those told before count for as long as the settings say.
   *
   * @throws {LoginNotAllowed} if they may not
   */
  async demandByGrant(userId: string): Promise<void> {
    const groups = await this.grants.groupsOf(userId);
    if (groups) await this.memberships.index(userId, groups.version, groups.names);
    if (!this.provider.mayLogIn(groups ?? { names: [], toldAt: null })) throw new LoginNotAllowed();
  }
}
