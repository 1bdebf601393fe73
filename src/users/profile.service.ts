import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, Repository } from 'typeorm';
import { Clock } from '../common/runtime/clock.js';
import { BadUserInput, NotFound } from '../common/errors/common.errors.js';
import { isDuplicate, changedARow } from '../common/persistence/conditional-write.js';
import { newId } from '../common/persistence/ids.js';
import { fold } from '../common/text/case-folding.js';
import { AuthMode } from '../settings/auth-mode.js';
import { DisclosureThrottle } from '../throttling/index.js';
import { storedAddress } from './stored-address.js';
import { User } from './user.entity.js';
import { EmailTaken, isEmailTaken } from './users.errors.js';
import { UsersService } from './users.service.js';

/** A change of a profile: a field that is left out stays as it is, null clears it. */
export interface ProfileChange {
  readonly realName?: string | null;
  readonly comment?: string | null;
  readonly email?: string | null;
}

/** Changes the caller's own profile, in either auth mode. */
@Injectable()
export class ProfileService {
  constructor(
    @InjectRepository(User) private readonly rows: Repository<User>,
    private readonly users: UsersService,
    private readonly disclosures: DisclosureThrottle,
    private readonly clock: Clock,
  ) {}

  /**
   * Changes a profile. The e-mail address of an OIDC user comes from the provider and can't be changed here.
   *
   * @param address the client address; null if it is not known
   * @returns the user after and before the change
   * @throws {BadUserInput} if the e-mail address of an OIDC user is to be changed, or an e-mail address is to be cleared
   * @throws {EmailTaken} if another local account has the address
   * @throws {RateLimited} after too many answers that an e-mail address is taken
   */
  async updateProfile(
    id: string,
    change: ProfileChange,
    address: string | null,
  ): Promise<{ user: User; before: User }> {
    const { realName, comment, email } = change;
    const before = await this.users.existing(id);
    if (email !== undefined) refuseAddress(before, email);
    const names = {
      ...(realName !== undefined && realNameOf(before, realName)),
      ...(comment !== undefined && { comment }),
    };
    if (email) await this.changeAddress(before, email, { names, address });
    else await this.change(id, names);
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
    if (!changedARow(await this.rows.update(living, { ...change, wordsDue: newId(), updatedAt: this.clock.now() })))
      throw new NotFound('user');
  }
}

function refuseAddress(user: User, email: string | null): void {
  if (user.mode === AuthMode.OIDC) {
    throw BadUserInput.field('email', 'NOT_YOURS', 'comes from the provider. Change it there and log in again.');
  }
  if (email === null) throw BadUserInput.field('email', 'NOT_NULL', 'can be changed but not cleared.');
}

/** The real name as it is changed, and whose it is: a form sends it along with other changes, and then it stays whose it was. */
function realNameOf(user: User, realName: string | null): Partial<User> {
  const isSame = (realName ?? '') === (user.realName ?? '');
  return { realName, ...(!isSame && { hasOwnRealName: (realName ?? '').trim() !== '' }) };
}
