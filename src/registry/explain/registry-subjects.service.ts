import { Injectable } from '@nestjs/common';
import { CliSecretReader } from '../../cli-secrets/cli-secret-reader.service.js';
import { CliSecretStatus } from '../../cli-secrets/cli-secret-status.js';
import { NotFound } from '../../common/errors/common.errors.js';
import { readToldGroups } from '../../groups/groups.statements.js';
import { CurrentProvider } from '../../oidc/current-provider.service.js';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { User } from '../../users/user.entity.js';
import { UsersService } from '../../users/users.service.js';
import { ANYBODY, RegistrySubject } from '../access-rules/access.policy.js';
import { repositoryNameOf } from '../protocol/repository-name.js';

/** Somebody as the registry would know them, and what keeps them out altogether, in words. */
export interface ExplainedSubject {
  readonly subject: RegistrySubject;
  readonly barrier: string | null;
}

/** What of a secret's status keeps its owner out until something is done. */
const BARRIERS: Record<CliSecretStatus, string | null> = {
  VALID: null,
  NO_REFRESH_TOKEN: 'The sign-in has ended: the user has to log in again.',
  REFRESH_REJECTED: 'The identity provider has ended the sign-in: the user has to log in again.',
  PROVIDER_LOGOUT: 'The user has logged out at the identity provider, and has to log in again.',
  PROVIDER_CHANGED: 'The identity provider was changed: the user has to log in again.',
  // The next use asks the provider.
  PROVIDER_UNAVAILABLE: null,
  USER_DISABLED: 'The account is disabled.',
};

/** Tells who a user would be at the registry, from what is known here, without a secret and without asking the provider. */
@Injectable()
export class RegistrySubjects {
  constructor(
    @InjectDataSource() private readonly database: DataSource,
    private readonly users: UsersService,
    private readonly secrets: CliSecretReader,
    private readonly provider: CurrentProvider,
  ) {}

  /**
   * A user, or with null anybody.
   *
   * @throws {NotFound} where there is no such user
   */
  async known(username: string | null): Promise<ExplainedSubject> {
    if (username === null) return { subject: ANYBODY, barrier: null };
    const user = await this.users.byName(username);
    if (!user) throw new NotFound('user');
    return user.issuer === null ? this.local(user) : this.byProvider(user);
  }

  private local(user: User): ExplainedSubject {
    const subject = { ...subjectOf(user), isAdmin: user.isAdmin, groups: new Set<string>() };
    return { subject, barrier: user.isDisabled ? BARRIERS.USER_DISABLED : null };
  }

  private async byProvider(user: User): Promise<ExplainedSubject> {
    const { groups, isAdmin } = this.provider.rightsBy(await readToldGroups(this.database, user.id));
    const subject = { ...subjectOf(user), isAdmin: user.isAdmin || isAdmin, groups: new Set(groups) };
    return { subject, barrier: BARRIERS[await this.secrets.statusOf(user.id)] };
  }
}

function subjectOf({ id: userId, username }: User) {
  return { userId, username, repositoryName: repositoryNameOf(username) };
}
