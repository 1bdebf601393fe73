import { newId } from '../common/persistence/ids.js';
import type { User } from './user.entity.js';

/** The columns of a change that ends all sessions of a user: they hold only as long as the security stamp is the same. */
export function newStamp(now: Date): Pick<User, 'securityStamp' | 'updatedAt'> {
  return { securityStamp: newId(), updatedAt: now };
}
