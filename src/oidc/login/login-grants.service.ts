import { Injectable } from '@nestjs/common';
import { GrantEndings } from '../../grants/grants.module.js';
import { GrantStore, ProviderLogin } from '../../grants/index.js';
import { User, UsersService } from '../../users/index.js';
import { IdentityReplaced } from './login.errors.js';

/** Stores the grants of logins. */
@Injectable()
export class LoginGrants {
  constructor(
    private readonly grants: GrantStore,
    private readonly endings: GrantEndings,
    private readonly users: UsersService,
  ) {}

  /**
   * Stores the grant of a user who was recognised by the identity of this login. An operator may give the user another
   * identity meanwhile, and then ends their grants: of the two, one always sees what the other has written.
   *
   * @throws {IdentityReplaced} if the user has another identity by now; the grant has ended
   */
  async store({ id }: User, login: ProviderLogin): Promise<void> {
    await this.grants.store(id, login);
    const { issuer, subject } = login.profile;
    const current = await this.users.byIdentity(issuer, subject);
    if (current?.id === id) return;
    await this.endings.endFormer([id], login.begunAt);
    throw new IdentityReplaced();
  }
}
