import { fold } from '../../common/text/case-folding.js';
import { Installation } from '../../settings/installation.js';
import type { User } from '../user.entity.js';
import { skeletonOf, storedSkeleton } from './lookalikes.js';
import { storedForm } from './username.js';

/** Begins texts that are no user names: a user name has no number sign. */
const NO_NAME = '#';

type NameColumns = Pick<User, 'username' | 'foldedName' | 'nameDigest' | 'nameSkeleton'>;

/** The columns that keep the name of a living user. */
export function nameColumnsOf(installation: Installation, name: string): NameColumns {
  const [username, foldedName] = [storedForm(name), fold(name)];
  return { username, foldedName, nameDigest: nameDigestOf(installation, name), nameSkeleton: storedSkeleton(name) };
}

/** The columns that keep the name of a removed user: only its digests, from which nobody can tell the name. */
export function tombstoneColumnsOf(installation: Installation, name: string, id: string): NameColumns {
  const nameSkeleton = skeletonDigestOf(installation, name);
  return { username: NO_NAME, foldedName: NO_NAME + id, nameDigest: nameDigestOf(installation, name), nameSkeleton };
}

/** The keyed digest of a folded name. */
export function nameDigestOf(installation: Installation, name: string): string {
  return installation.digest('user name', fold(name)).toString('base64url');
}

/** The keyed digest of a skeleton, in a form that no skeleton has. */
export function skeletonDigestOf(installation: Installation, name: string): string {
  return NO_NAME + installation.digest('user name skeleton', skeletonOf(name)).toString('base64url');
}
