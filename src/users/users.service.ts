import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, Not, Or, Repository } from 'typeorm';
import { Clock } from '../common/runtime/clock.js';
import { newId } from '../common/persistence/ids.js';
import { NotFound } from '../common/errors/common.errors.js';
import { fold } from '../common/text/case-folding.js';
import { Installation } from '../settings/installation.js';
import { skeletonOf } from './names/lookalikes.js';
import { nameColumnsOf, nameDigestOf, skeletonDigestOf } from './names/name-columns.js';
import { storedAddress } from './stored-address.js';
import { BUILT_IN_ADMIN_ID, User } from './user.entity.js';

/** What the provider says of a person who logs in; null: nothing. */
export interface PersonAtProvider {
  readonly email?: string | null;
  readonly realName?: string | null;
}

const REAL_NAME_UNLESS_OWN = 'CASE WHEN has_own_real_name = TRUE THEN real_name ELSE :toldName END';
const WORDS_DUE_UNLESS_SAME = `CASE WHEN (:toldEmail IS NULL OR email = :toldEmail)
  AND (:toldName IS NULL OR has_own_real_name = TRUE OR real_name = :toldName) THEN words_due ELSE :change END`;

/** Finds users. Tombstones count only for the questions about names; "living" means not deleted. */
@Injectable()
export class UsersService {
  constructor(
    @InjectRepository(User) private readonly users: Repository<User>,
    private readonly installation: Installation,
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
   * The same as {@link byName}, for a password check: if nobody has the name, another user's row is read instead, so that
   * the query takes equally long.
   */
  async byNameInEqualTime(username: string): Promise<User | null> {
    const name = fold(username);
    const id = 'COALESCE((SELECT n.id FROM users n WHERE n.folded_name = :name AND n.deleted_at IS NULL), :standIn)';
    const found = this.users.createQueryBuilder('u').where(`u.id = ${id}`, { name, standIn: BUILT_IN_ADMIN_ID });
    const user = await found.getOne();
    return user?.foldedName === name ? user : null;
  }

  /**
   * Reads a user again, with the revision of the settings in force, for a decision after a wait. Null if the user was
   * deleted or disabled, or all their sessions were ended, since the user was read.
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

  /** The living user with this identity, or null. A returning person is recognised by nothing else. */
  byIdentity(issuer: string, subject: string): Promise<User | null> {
    return this.users.findOneBy({ issuer, subject, deletedAt: IsNull() });
  }

  /** The number of living users, without the built-in administrator. */
  countBesideBuiltIn(): Promise<number> {
    return this.users.countBy({ id: Not(BUILT_IN_ADMIN_ID), deletedAt: IsNull() });
  }

  /**
   * The present name of the user, deleted or not, who had this name before a renaming, in any spelling that folds to the
   * same; null if it is not a former name.
   */
  async presentNameOf(formerName: string): Promise<string | null> {
    const { renamedTo } = (await this.users.findOneBy({ foldedName: fold(formerName) })) ?? {};
    return renamedTo ? ((await this.users.findOneBy({ id: renamedTo }))?.username ?? null) : null;
  }

  /** The columns of the name of a new user. The database refuses them if somebody has or had the name. */
  nameColumnsOf(username: string): Pick<User, 'username' | 'foldedName' | 'nameDigest' | 'nameSkeleton'> {
    return nameColumnsOf(this.installation, username);
  }

  /** Whether nobody has or had this name. */
  async isFree(username: string): Promise<boolean> {
    const nameDigest = nameDigestOf(this.installation, username);
    return !(await this.users.existsBy([{ foldedName: fold(username) }, { nameDigest }]));
  }

  /**
   * Whether a name looks like a different one that is taken, in any script.
   *
   * @param ownerId the user who is to get the name, and whose own names don't count
   */
  hasLookalike(username: string, ownerId = ''): Promise<boolean> {
    const [name, skeleton] = [fold(username), skeletonOf(username)];
    const ofOthers = { id: Not(ownerId), renamedTo: Or(IsNull(), Not(ownerId)) };
    const inOtherLetters = { ...ofOthers, nameSkeleton: skeleton, foldedName: Not(name) };
    const ofRemoved = {
      nameSkeleton: skeletonDigestOf(this.installation, username),
      nameDigest: Not(nameDigestOf(this.installation, username)),
    };
    const inAscii = skeleton === name ? [] : [{ ...ofOthers, foldedName: skeleton }];
    return this.users.existsBy([inOtherLetters, ofRemoved, ...inAscii]);
  }

  /**
   * Stores the time of a login, and what the provider says of the person. An e-mail address or a real name that it does not
   * send stays; so does a real name that the person set.
   */
  async noteLogin(id: string, { email = null, realName = null }: PersonAtProvider = {}): Promise<void> {
    const address = email === null ? {} : storedAddress(email);
    const name = realName === null ? {} : { realName: () => REAL_NAME_UNLESS_OWN };
    const login = this.users
      .createQueryBuilder()
      .update()
      // The mark comes first: MariaDB and MySQL compare with what the columns before it have got.
      .set({ wordsDue: () => WORDS_DUE_UNLESS_SAME, lastLoginAt: this.clock.now(), ...address, ...name });
    const told = { toldEmail: email, toldName: realName, change: newId() };
    await login.where({ id, deletedAt: IsNull() }).setParameters(told).execute();
  }
}
