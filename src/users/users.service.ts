import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, Not, Repository } from 'typeorm';
import { Clock } from '../common/runtime/clock.js';
import { NotFound } from '../common/errors/common.errors.js';
import { fold } from '../common/text/case-folding.js';
import { skeletonOf } from './names/lookalikes.js';
import { storedAddress } from './stored-address.js';
import { BUILT_IN_ADMIN_ID, User } from './user.entity.js';

/** People, looked up; the table's owner. Tombstones are seen only by the questions about names. */
@Injectable()
export class UsersService {
  constructor(
    @InjectRepository(User) private readonly users: Repository<User>,
    private readonly clock: Clock,
  ) {}

  /** A living user by id, or null. */
  byId(id: string): Promise<User | null> {
    return this.users.findOneBy({ id, deletedAt: IsNull() });
  }

  /**
   * A living user by id.
   *
   * @throws {NotFound}
   */
  async existing(id: string): Promise<User> {
    const user = await this.byId(id);
    if (!user) throw new NotFound('user');
    return user;
  }

  /** A living user by name, in any spelling that folds to the same, or null. */
  byName(username: string): Promise<User | null> {
    return this.users.findOneBy({ foldedName: fold(username), deletedAt: IsNull() });
  }

  /**
   * The same for a password that is to be checked: where nobody has the name somebody else is read, so that it takes as
   * long.
   */
  async byNameAlike(username: string): Promise<User | null> {
    const name = fold(username);
    const id = 'COALESCE((SELECT n.id FROM users n WHERE n.folded_name = :name AND n.deleted_at IS NULL), :standIn)';
    const found = this.users.createQueryBuilder('u').where(`u.id = ${id}`, { name, standIn: BUILT_IN_ADMIN_ID });
    const user = await found.getOne();
    return user?.foldedName === name ? user : null;
  }

  /**
   * A user as they stand now, with the revision of the settings in force: what an answer is decided on that had to wait
   * since the user was read. Null where they have been deleted or disabled, or their sessions ended, since then.
   */
  async unchanged({ id, securityStamp }: User): Promise<{ user: User; revision: number } | null> {
    const { entities, raw } = await this.users
      .createQueryBuilder('u')
      .addSelect('(SELECT revision FROM settings)', 'revision')
      .where({ id, securityStamp, isDisabled: false, deletedAt: IsNull() })
      .getRawAndEntities<{ revision: number }>();
    const [user] = entities;
    return user ? { user, revision: raw[0]?.revision ?? 0 } : null;
  }

  /** The living user whom a provider calls by this subject, or null. Nothing else ever recognises a person. */
  byIdentity(issuer: string, subject: string): Promise<User | null> {
    return this.users.findOneBy({ issuer, subject, deletedAt: IsNull() });
  }

  /** How many living users there are beside the built-in administrator. */
  countBesideBuiltIn(): Promise<number> {
    return this.users.countBy({ id: Not(BUILT_IN_ADMIN_ID), deletedAt: IsNull() });
  }

  /** Whether a name was never given to anybody. */
  async isFree(username: string): Promise<boolean> {
    return !(await this.users.existsBy({ foldedName: fold(username) }));
  }

  /** Whether a name is drawn like another one that somebody has, in whatever letters either is written. */
  hasLookalike(username: string): Promise<boolean> {
    const [name, skeleton] = [fold(username), skeletonOf(username)];
    const inOtherLetters = { nameSkeleton: skeleton, foldedName: Not(name) };
    return this.users.existsBy(skeleton === name ? [inOtherLetters] : [inOtherLetters, { foldedName: skeleton }]);
  }

  /** Notes that somebody logged in now, and the address the provider gave; undefined keeps the one on record. */
  async noteLogin(id: string, email?: string): Promise<void> {
    const address = email === undefined ? {} : storedAddress(email);
    await this.users.update({ id }, { lastLoginAt: this.clock.now(), ...address });
  }
}
