import { Injectable } from '@nestjs/common';
import { GrantEndings } from '../../grants/grants.module.js';
import { GrantStore, ProviderLogin } from '../../grants/index.js';
import { User, UsersService } from '../../users/index.js';
import { CurrentProvider } from '../index.js';
import { IdentityReplaced } from './login.errors.js';

/** Stores the grants of logins. */
@Injectable()
export class LoginGrants {
  constructor(
    private readonly grants: GrantStore,
    private readonly endings: GrantEndings,
    private readonly users: UsersService,
    private readonly provider: CurrentProvider,
  ) {}

  /**
   * Stores the grant of a user who was recognised by the identity of this login. An operator may give the user another
   * identity meanwhile, and then ends their grants: of the two, one always sees what the other has written.
   *
   * @throws {IdentityReplaced} if the user has another identity by now; the grant has ended
   */
  async store(user: User, login: ProviderLogin): Promise<void> {
    const { id } = user;
    await this.grants.store(id, this.mayNeedAccessToken(user, login) ? login : withoutAccessToken(login));
    const { issuer, subject } = login.profile;
    const current = await this.users.byIdentity(issuer, subject);
    if (current?.id === id) return;
    await this.endings.endFormer([id], login.begunAt);
    throw new IdentityReplaced();
  }

  /**
   * A stored access token is used to switch `oidc.confirmAtUserinfo` on, which only an administrator does. It is often the
   * longest token, and beyond 8 kB a row of the database takes several times its size.
   */
  private mayNeedAccessToken({ isAdmin }: User, { profile: { groups } }: ProviderLogin): boolean {
    return isAdmin || groups === null || this.provider.rightsBy({ names: groups, toldAt: null }).isAdmin;
  }
}

function withoutAccessToken(login: ProviderLogin): ProviderLogin {
  return { ...login, tokens: { ...login.tokens, accessToken: null } };
}
