import { fold } from '../../common/text/case-folding.js';

/** The longest repository name, in characters (OCI Distribution Specification, "Pulling manifests"). */
export const REPOSITORY_NAME_MAX_LENGTH = 255;

const COMPONENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const HOST = /^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]+)?$/;

/** Whether a text is a valid component of a repository name, between two slashes. */
export function isNameComponent(text: string): boolean {
  return COMPONENT.test(text);
}

/**
 * Whether a text is a valid repository name in a token scope: components separated by slashes, where the first of several
 * may be a host with a port (Docker Registry token scope, `resourcename`).
 */
export function isRepositoryName(text: string): boolean {
  if (text.length > REPOSITORY_NAME_MAX_LENGTH) return false;
  const [first = '', ...others] = text.split('/');
  const isHost = others.length > 0 && HOST.test(first) && !first.includes('..');
  return (isNameComponent(first) || isHost) && others.every(isNameComponent);
}

/** The value of `${username}`: the folded user name, or null if that is not a valid component. */
export function repositoryNameOf(username: string): string | null {
  const folded = fold(username);
  return isNameComponent(folded) ? folded : null;
}
