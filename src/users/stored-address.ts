import { fitsFolded, fold } from '../common/text/case-folding.js';
import type { User } from './user.entity.js';

const LONGEST = 255;

/**
 * The columns of an e-mail address: as written, and folded for searches by prefix. An address that is too long when folded
 * is not found by searches.
 */
export function storedAddress(email: string | null): Pick<User, 'email' | 'foldedEmail'> {
  return { email, foldedEmail: email !== null && fitsFolded(email, LONGEST) ? fold(email) : null };
}
