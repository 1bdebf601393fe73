import { Injectable } from '@nestjs/common';
import { CliSecretReader, CliSecretStatus, STATUS_MESSAGES } from '../../cli-secrets/index.js';
import { NotFound } from '../../common/errors/common.errors.js';
import { CurrentProvider } from '../../oidc/index.js';
import { GrantStore } from '../../grants/index.js';
import { User, UsersService } from '../../users/index.js';
import { ANONYMOUS, RegistrySubject } from '../access-rules/index.js';
import { repositoryNameOf } from '../protocol/index.js';

/** A user as the registry would see them. */
export interface ExplainedSubject {
  readonly subject: RegistrySubject;
  /** Why the user is refused regardless of the rules; null if they are not. */
  readonly refusal: string | null;
}

const NO_GROUPS = { names: [], toldAt: null };

/** Tells how the registry would see a user, without a secret and without asking the provider. */
@Injectable()
export class RegistrySubjects {
  constructor(
    private readonly grants: GrantStore,
    private readonly users: UsersService,
    private readonly secrets: CliSecretReader,
    private readonly provider: CurrentProvider,
  ) {}

  /**
   * The user with this name, or with null an anonymous client.
   *
   * @throws {NotFound} if there is no such user
   */
  async subjectOf(username: string | null): Promise<ExplainedSubject> {
    if (username === null) return { subject: ANONYMOUS, refusal: null };
    const user = await this.users.byName(username);
    if (!user) throw new NotFound('user');
    return user.issuer === null ? this.localSubject(user) : this.oidcSubject(user);
  }

  private localSubject(user: User): ExplainedSubject {
    const subject = { ...identityOf(user), isAdmin: user.isAdmin, groups: new Set<string>() };
    return { subject, refusal: user.isDisabled ? STATUS_MESSAGES.USER_DISABLED.forAdministrator : null };
  }

  private async oidcSubject(user: User): Promise<ExplainedSubject> {
    const told = (await this.grants.groupsOf(user.id)) ?? NO_GROUPS;
    const { groups, isAdmin } = this.provider.rightsBy(told);
    const subject = { ...identityOf(user), isAdmin: user.isAdmin || isAdmin, groups: new Set(groups) };
    return { subject, refusal: refusalBy(await this.secrets.statusOf(user.id)) };
  }
}

function identityOf({ id: userId, username }: User) {
  return { userId, username, repositoryName: repositoryNameOf(username) };
}

/** A status that may pass by itself refuses nobody here: the next use asks the provider. */
function refusalBy(status: CliSecretStatus): string | null {
  if (status === CliSecretStatus.VALID) return null;
  const { tryAgain, forAdministrator } = STATUS_MESSAGES[status];
  return tryAgain === 'NO' ? forAdministrator : null;
}
