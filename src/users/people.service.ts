import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, Repository } from 'typeorm';
import { Clock } from '../common/runtime/clock.js';
import { BadUserInput, NotFound } from '../common/errors/common.errors.js';
import { isDuplicate, changedARow } from '../common/persistence/conditional-write.js';
import { fold } from '../common/text/case-folding.js';
import { newId } from '../common/persistence/ids.js';
import { AuthMode } from '../settings/auth-mode.js';
import { DisclosureThrottle } from '../throttling/disclosure-throttle.service.js';
import { storedAddress } from './stored-address.js';
import { BUILT_IN_ADMIN_ID, User } from './user.entity.js';
import { BuiltInAdminProtected, EmailTaken, isEmailTaken } from './users.errors.js';
import { UsersService } from './users.service.js';

/** A change of a profile: what is left out stays, null clears it. */
export interface ProfileChange {
  readonly realName?: string | null;
  readonly comment?: string | null;
  readonly email?: string | null;
}

/** Changes what is known of people, in either auth mode. */
@Injectable()
export class People {
  constructor(
    @InjectRepository(User) private readonly rows: Repository<User>,
    private readonly users: UsersService,
    private readonly disclosures: DisclosureThrottle,
    private readonly clock: Clock,
  ) {}

  /**
   * Changes a person's own profile. The provider tells the e-mail address of an OIDC user.
   *
   * @throws {BadUserInput} for the e-mail address of an OIDC user, or one that is to be cleared
   * @param address where the change comes from
   * @throws {EmailTaken} where another local account has the address
   * @throws {RateLimited} where too many were told so
   */
  async updateProfile(id: string, change: ProfileChange, address: string | null): Promise<User> {
    const { realName, comment, email } = change;
    const user = await this.users.existing(id);
    if (email !== undefined) refuseAddress(user, email);
    const names = { ...(realName !== undefined && { realName }), ...(comment !== undefined && { comment }) };
    if (email) await this.changeAddress(user, email, { names, address });
    else await this.change(id, names);
    return this.users.existing(id);
  }

  /**
   * Grants administration, or takes the grant back; a right that comes from the admin group stays what it is.
   *
   * @throws {BuiltInAdminProtected} {@link NotFound}
   */
  async setAdmin(id: string, isAdmin: boolean): Promise<User> {
    if (id === BUILT_IN_ADMIN_ID && !isAdmin) throw new BuiltInAdminProtected();
    await this.change(id, { isAdmin });
    return this.users.existing(id);
  }

  /**
   * Bars somebody and ends their sessions, or lets them in again.
   *
   * @returns the user afterwards and before
   * @throws {BuiltInAdminProtected} {@link NotFound}
   */
  async setDisabled(id: string, isDisabled: boolean): Promise<{ user: User; before: User }> {
    if (id === BUILT_IN_ADMIN_ID && isDisabled) throw new BuiltInAdminProtected();
    const before = await this.users.existing(id);
    await this.change(id, { isDisabled, ...(isDisabled && { securityStamp: newId() }) });
    return { user: await this.users.existing(id), before };
  }

  private async changeAddress(
    { id }: User,
    email: string,
    { names, address }: { names: Partial<User>; address: string | null },
  ): Promise<void> {
    const attempt = async () => {
      try {
        await this.change(id, { ...names, ...storedAddress(email), localEmail: fold(email) });
      } catch (error) {
        throw isDuplicate(error) ? new EmailTaken() : error;
      }
    };
    const wanted = { what: fold(email), attempt, isTaken: isEmailTaken };
    await this.disclosures.attempt({ address, userId: id }, wanted);
  }

  private async change(id: string, change: Partial<User>): Promise<void> {
    const living = { id, deletedAt: IsNull() };
    if (!changedARow(await this.rows.update(living, { ...change, updatedAt: this.clock.now() })))
      throw new NotFound('user');
  }
}

function refuseAddress(user: User, email: string | null): void {
  if (user.mode === AuthMode.OIDC) {
    throw BadUserInput.field('input.email', 'NOT_YOURS', 'comes from the provider. Change it there and log in again.');
  }
  if (email === null) throw BadUserInput.field('input.email', 'NOT_NULL', 'can be changed but not cleared.');
}
