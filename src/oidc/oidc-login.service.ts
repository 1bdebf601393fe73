import { Injectable } from '@nestjs/common';
import type { HttpExchange } from '../common/access.decorators.js';
import { AuditActorKind, AuditEntry, AuditOutcome, outcomeOf } from '../audit/audit-event.js';
import { AuditService } from '../audit/audit.service.js';
import { MembershipsService } from '../groups/memberships.service.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { User } from '../users/user.entity.js';
import { UsersService } from '../users/users.service.js';
import { AutoOnboarding } from './auto-onboarding.service.js';
import { GrantVault } from './grant-vault.service.js';
import { UserBarred } from './oidc.errors.js';
import { PendingOnboardings } from './pending-onboardings.service.js';
import type { VouchedLogin } from './vouched-login.js';

const ONBOARDING_PAGE = '/onboarding';

/** Decides what comes after a login that the provider vouches for: somebody known goes on, somebody new gets a name. */
@Injectable()
export class OidcLogin {
  constructor(
    private readonly users: UsersService,
    private readonly pendings: PendingOnboardings,
    private readonly vault: GrantVault,
    private readonly sessions: SessionsService,
    private readonly autoOnboarding: AutoOnboarding,
    private readonly memberships: MembershipsService,
    private readonly audit: AuditService,
  ) {}

  /**
   * The path where the browser goes next.
   *
   * @throws {UserBarred} for somebody whom an administrator has disabled
   */
  async next(exchange: HttpExchange, login: VouchedLogin): Promise<string> {
    const known = await this.users.byIdentity(login.profile.issuer, login.profile.subject);
    const user = known ?? (await this.autoOnboarding.onboarded(login.profile));
    if (user) return this.enter(exchange, user, login);
    await this.pendings.open(exchange, login);
    return ONBOARDING_PAGE;
  }

  /**
   * What every login of a user does; repeating it changes nothing.
   *
   * @throws {UserBarred} for somebody whom an administrator has disabled
   */
  async enter(exchange: HttpExchange, user: User, login: VouchedLogin): Promise<string> {
    if (user.isDisabled) {
      const barred = new UserBarred();
      await this.audit.write({ ...loginOf(exchange, user), ...outcomeOf(barred) });
      throw barred;
    }
    await this.vault.store(user.id, login);
    await this.memberships.index(user.id);
    await this.users.noteLogin(user.id, login.profile.email ?? undefined);
    await this.sessions.open(exchange, user);
    await this.audit.write(loginOf(exchange, user));
    return login.returnTo;
  }
}

function loginOf({ request }: HttpExchange, { id }: User): AuditEntry {
  return {
    action: 'login',
    actor: { kind: AuditActorKind.USER, id },
    target: { type: 'user', id },
    ...{ outcome: AuditOutcome.SUCCEEDED, reason: null, remoteAddress: request.ip, requestId: request.id },
  };
}
