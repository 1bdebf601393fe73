import { fold } from '../common/fold.js';
import type { User } from './user.entity.js';

const LONGEST = 255;

/** How an e-mail address is stored: as it was written, and folded so that it is found by its beginning. */
export function storedAddress(email: string | null): Pick<User, 'email' | 'foldedEmail'> {
  return { email, foldedEmail: email === null ? null : fold(email).slice(0, LONGEST) };
}
