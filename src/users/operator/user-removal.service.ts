import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, IsNull, Not, Repository } from 'typeorm';
import { newId } from '../../common/persistence/ids.js';
import { isDuplicate } from '../../common/persistence/conditional-write.js';
import { Clock } from '../../common/runtime/clock.js';
import { fold } from '../../common/text/case-folding.js';
import { AuthMode } from '../../settings/auth-mode.js';
import { Installation } from '../../settings/installation.js';
import { tombstoneColumnsOf } from '../names/name-columns.js';
import { newStamp } from '../security-stamp.js';
import { storedAddress } from '../stored-address.js';
import { BUILT_IN_ADMIN_ID, User } from '../user.entity.js';

/** A user to be removed, living or deleted. */
export type RemovableUser = Pick<User, 'id' | 'username' | 'foldedName'>;

const NOBODY = {
  ...{ ...storedAddress(null), localEmail: null, realName: null, hasOwnRealName: false, comment: null },
  ...{ passwordHash: null, isAdmin: false, issuer: null, subject: null, lastLoginAt: null },
};

/**
 * Removes users for good, in two steps, so that what others keep of them can be dealt with in between. Each step can be
 * repeated, and the name is kept at every moment: by the user, then by a tombstone with its digest.
 */
@Injectable()
export class UserRemoval {
  constructor(
    @InjectRepository(User) private readonly rows: Repository<User>,
    private readonly installation: Installation,
    private readonly clock: Clock,
  ) {}

  /** The user with this name, deleted or not; null if there is none, or they were removed. */
  byName(username: string): Promise<User | null> {
    return this.rows.findOneBy({ foldedName: fold(username) });
  }

  /** The oldest OIDC users whose removal has not ended. */
  oidcUsers(most: number): Promise<User[]> {
    return this.rows.find({ where: { mode: AuthMode.OIDC }, order: { id: 'ASC' }, take: most });
  }

  /** The number of OIDC users whose removal has not ended. */
  countOidc(): Promise<number> {
    return this.rows.countBy({ mode: AuthMode.OIDC });
  }

  /** Deletes what is known of these users and ends their sessions. From now on nobody is taken for them. */
  async end(users: readonly RemovableUser[]): Promise<void> {
    const now = this.clock.now();
    // The name stays taken until the tombstone has it, and a digest of its own would stand in the way of the tombstone.
    const ended = { ...NOBODY, nameDigest: null, wordsDue: newId(), deletedAt: now, ...newStamp(now) };
    await this.rows.update({ id: In(idsOf(users)) }, ended);
    // They may have been renamed since they were read; those who were ended can't be.
    await this.keepNames(await this.rows.findBy({ id: In(idsOf(users)) }), now);
    await this.keepFormerNames(users);
  }

  /** Deletes the rows of users who were ended. All that belongs to them in other tables goes with them, by foreign keys. */
  async erase(users: readonly RemovableUser[]): Promise<void> {
    await this.rows.delete({ id: In(idsOf(users)), deletedAt: Not(IsNull()) });
  }

  private async keepNames(users: readonly RemovableUser[], now: Date): Promise<void> {
    const tombstones = users.map((user) => this.tombstoneOf(user, now));
    try {
      await this.rows.insert(tombstones);
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      // A removal that was stopped has kept some of the names.
      for (const one of tombstones) await this.insertOnce(one);
    }
  }

  /** The tombstones of names that they had before keep only digests, too. */
  private async keepFormerNames(users: readonly RemovableUser[]): Promise<void> {
    for (const { id, username } of await this.rows.findBy({ renamedTo: In(idsOf(users)) })) {
      await this.rows.update({ id }, { ...tombstoneColumnsOf(this.installation, username, id), renamedTo: null });
    }
  }

  private async insertOnce(tombstone: User): Promise<void> {
    await this.rows.insert(tombstone).catch((error: unknown) => {
      if (!isDuplicate(error)) throw error;
    });
  }

  private tombstoneOf({ username }: RemovableUser, now: Date): User {
    const id = newId();
    const names = tombstoneColumnsOf(this.installation, username, id);
    const columns = { id, mode: null, ...names, ...NOBODY, isDisabled: false };
    return this.rows.create({ ...columns, createdAt: now, deletedAt: now, ...newStamp(now) });
  }
}

function idsOf(users: readonly RemovableUser[]): string[] {
  return users.map(({ id }) => id).filter((id) => id !== BUILT_IN_ADMIN_ID);
}
