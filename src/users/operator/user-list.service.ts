import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, MoreThan, Repository } from 'typeorm';
import { AuthMode } from '../../settings/auth-mode.js';
import { BUILT_IN_ADMIN_ID, User } from '../user.entity.js';

const PAGE = 500;

/** A user as the command line lists them. */
export interface ListedUser {
  readonly username: string;
  readonly kind: 'BUILT_IN' | 'LOCAL' | 'OIDC';
  /** The identity at the provider; null for local accounts. */
  readonly issuer: string | null;
  readonly subject: string | null;
  readonly isDisabled: boolean;
  /** The role that was granted directly; membership of the admin group is not known here. */
  readonly isAdmin: boolean;
  readonly createdAt: Date;
  readonly lastLoginAt: Date | null;
}

/** Reads all users for an operator. */
@Injectable()
export class UserList {
  constructor(@InjectRepository(User) private readonly rows: Repository<User>) {}

  /** All users who are not deleted, by name, in pages of 500 at most; only one page is in memory. */
  async *pages(): AsyncGenerator<readonly ListedUser[], void> {
    for (let after = ''; ;) {
      const where = { foldedName: MoreThan(after), deletedAt: IsNull() };
      const page = await this.rows.find({ where, order: { foldedName: 'ASC' }, take: PAGE });
      if (page.length > 0) yield page.map(listed);
      if (page.length < PAGE) return;
      after = page.at(-1)?.foldedName ?? '';
    }
  }
}

function listed(user: User): ListedUser {
  const { username, issuer, subject, isDisabled, isAdmin, createdAt, lastLoginAt } = user;
  return { username, kind: kindOf(user), issuer, subject, isDisabled, isAdmin, createdAt, lastLoginAt };
}

function kindOf({ id, mode }: User): ListedUser['kind'] {
  if (id === BUILT_IN_ADMIN_ID) return 'BUILT_IN';
  return mode === AuthMode.OIDC ? 'OIDC' : 'LOCAL';
}
