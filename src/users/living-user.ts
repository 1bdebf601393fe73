import { FindOptionsWhere, IsNull, Repository } from 'typeorm';
import { NotFound } from '../common/errors/common.errors.js';
import { changedARow } from '../common/persistence/conditional-write.js';
import type { User } from './user.entity.js';

/**
 * Changes one user who is not deleted, in one statement.
 *
 * @throws {NotFound} if there is none
 */
export async function changeLiving(
  rows: Repository<User>,
  which: FindOptionsWhere<User>,
  change: Partial<User>,
): Promise<void> {
  if (!changedARow(await rows.update({ ...which, deletedAt: IsNull() }, change))) throw new NotFound('user');
}
