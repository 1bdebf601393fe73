import { fitsFolded, fold } from '../common/text/case-folding.js';
import type { User } from './user.entity.js';

const LONGEST = 255;

/**
 * How an e-mail address is stored: as it was written, and folded so that it is found by its beginning. One that is too
 * long when it is folded is not found by it.
 */
export function storedAddress(email: string | null): Pick<User, 'email' | 'foldedEmail'> {
  return { email, foldedEmail: email !== null && fitsFolded(email, LONGEST) ? fold(email) : null };
}
