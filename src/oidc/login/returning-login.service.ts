import { Injectable } from '@nestjs/common';
import { AuditActorKind, AuditEntry, AuditOutcome, AuditService, outcomeOf } from '../../audit/index.js';
import type { HttpExchange } from '../../access/access.decorators.js';
import { clientAddressOf } from '../../common/network/client-address.js';
import { isForeignKeyRefusal } from '../../common/persistence/conditional-write.js';
import { DomainError } from '../../common/errors/domain-error.js';
import { SessionsService } from '../../sessions/index.js';
import { User, UsersService } from '../../users/index.js';
import { ProviderLogin, providerSessionOf } from '../../grants/index.js';
import { isAccountRefused } from '../index.js';
import { LoginGrants } from './login-grants.service.js';
import { LoginPermission } from './login-permission.service.js';
import { UserDisabled, UserRemoved } from './login.errors.js';

/** Logs in a user whose login at the provider was verified. */
@Injectable()
export class ReturningLogin {
  constructor(
    private readonly users: UsersService,
    private readonly grants: LoginGrants,
    private readonly sessions: SessionsService,
    private readonly permission: LoginPermission,
    private readonly audit: AuditService,
  ) {}

  /**
   * Stores the grant, indexes the groups and opens a session. Can be repeated: if the process dies in between, the next
   * login completes it.
   *
   * @returns the id of the session
   * @throws {UserDisabled} if an administrator has disabled the user
   * @throws {UserRemoved} if the user was removed meanwhile
   * @throws {LoginNotAllowed} if the user is in no group that may log in; the grant, with its groups, is stored
   * @throws {LoggedOutMeanwhile} if the provider reported a logout that ends this login
   * @throws {IdentityReplaced} if an operator gave the user another identity meanwhile
   */
  async enter(exchange: HttpExchange, user: User, login: ProviderLogin): Promise<string> {
    let session: string;
    try {
      session = await this.open(exchange, user, login);
    } catch (error) {
      // The row of the user has gone since it was read. An event would bring back what was erased from the audit log.
      if (isForeignKeyRefusal(error)) throw new UserRemoved();
      if (error instanceof DomainError) await this.audit.write({ ...loginOf(exchange, user), ...outcomeOf(error) });
      throw error;
    }
    await this.audit.write({ ...loginOf(exchange, user), detail: login.detail });
    return session;
  }

  private async open(exchange: HttpExchange, user: User, login: ProviderLogin): Promise<string> {
    if (isAccountRefused(user)) throw new UserDisabled();
    await this.grants.store(user, login);
    await this.permission.demandByGrant(user.id);
    await this.users.noteLogin(user.id, login.profile);
    return this.sessions.open(exchange, user, providerSessionOf(login));
  }
}

function loginOf({ request }: HttpExchange, { id }: User): AuditEntry {
  return {
    action: 'login',
    actor: { kind: AuditActorKind.USER, id },
    target: { type: 'user', id },
    ...{
      outcome: AuditOutcome.SUCCEEDED,
      reason: null,
      remoteAddress: clientAddressOf(request),
      requestId: request.id,
    },
  };
}
