import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Clock } from '../common/runtime/clock.js';
import { changeLiving } from './living-user.js';
import { newStamp } from './security-stamp.js';
import { BUILT_IN_ADMIN_ID, User } from './user.entity.js';
import { BuiltInAdminProtected } from './users.errors.js';
import { UsersService } from './users.service.js';

/** Disables users, and enables them again. */
@Injectable()
export class UserDisabling {
  constructor(
    @InjectRepository(User) private readonly rows: Repository<User>,
    private readonly users: UsersService,
    private readonly clock: Clock,
  ) {}

  /**
   * Disables a user and ends the user's sessions, or enables the user again.
   *
   * @returns the user after and before the change
   * @throws {BuiltInAdminProtected} {@link NotFound}
   */
  async setDisabled(id: string, isDisabled: boolean): Promise<{ user: User; before: User }> {
    if (id === BUILT_IN_ADMIN_ID && isDisabled) throw new BuiltInAdminProtected();
    const before = await this.users.existing(id);
    const now = this.clock.now();
    await changeLiving(this.rows, { id }, { isDisabled, updatedAt: now, ...(isDisabled && newStamp(now)) });
    return { user: await this.users.existing(id), before };
  }
}
