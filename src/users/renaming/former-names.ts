import { DataSource } from 'typeorm';
import { newId } from '../../common/persistence/ids.js';
import { changeInSteps, Step } from '../../common/persistence/stepped-change.js';
import { timestampText } from '../../common/persistence/stored-timestamp.js';
import type { User } from '../user.entity.js';

const CHANGE = {
  table: 'users',
  texts: ['id', 'owner', 'leaves', 'username', 'folded', 'digest', 'skeleton', 'stamp', 'moment', 'deleted', 'former'],
  values: {
    ...{ id: 's.id', username: 's.username', folded_name: 's.folded', name_digest: 's.digest' },
    name_skeleton: 's.skeleton',
    ...{ is_admin: 'FALSE', is_disabled: 'FALSE', security_stamp: 's.stamp', updated_at: 's.moment' },
    // Null, and refused, if the user has another name by now or is deleted.
    created_at: 'c.created_at',
    ...{ deleted_at: 's.deleted', renamed_to: 's.former', words_due: 's.stamp' },
  },
  changes: ['username', 'folded_name', 'name_digest', 'name_skeleton', 'updated_at', 'words_due'],
  stored: 'c.id = s.owner AND c.folded_name = s.leaves AND c.deleted_at IS NULL',
} as const;

/** A user, the new name, and the tombstone that keeps that name for them, if they had it before. */
export interface Renaming {
  readonly user: User;
  readonly username: string;
  readonly tombstoneId: string | null;
  /** The columns of a name. */
  readonly columnsOf: (name: string) => Pick<User, 'username' | 'foldedName' | 'nameDigest' | 'nameSkeleton'>;
}

/**
 * Gives a user another name and leaves a tombstone that keeps the former one taken, in one statement.
 *
 * @throws the database's error if the name is taken, or if the user has another name by now or is deleted
 */
export async function exchangeNames(database: DataSource, renaming: Renaming, now: Date): Promise<void> {
  await changeInSteps(database, CHANGE, stepsOf(renaming, timestampText(now)));
}

function stepsOf({ user, username, tombstoneId, columnsOf }: Renaming, moment: string): Step[] {
  const common = { owner: user.id, leaves: user.foldedName, moment, stamp: newId() };
  const renamed = { ...common, id: user.id, ...nameOf(columnsOf(username)) };
  const tombstone = { ...common, deleted: moment, former: user.id };
  const former = nameOf(columnsOf(user.username));
  if (tombstoneId === null) return [renamed, { ...tombstone, id: newId(), ...former }];
  // No user name has a colon.
  const nobodys = { username: `:${tombstoneId}`, folded: `:${tombstoneId}` };
  return [{ ...tombstone, id: tombstoneId, ...nobodys }, renamed, { ...tombstone, id: tombstoneId, ...former }];
}

function nameOf({ username, foldedName, nameDigest, nameSkeleton }: ReturnType<Renaming['columnsOf']>): Step {
  return { username, folded: foldedName, digest: nameDigest ?? undefined, skeleton: nameSkeleton ?? undefined };
}
