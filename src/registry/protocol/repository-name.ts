import { fold } from '../../common/text/case-folding.js';

/** The longest repository name, in characters (OCI Distribution Specification, "Pulling manifests"). */
export const REPOSITORY_NAME_MAX_LENGTH = 255;

const COMPONENT = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/;
const HOST = /^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]+)?$/;

/** Whether a text is one component of a repository name, between two slashes. */
export function isNameComponent(text: string): boolean {
  return COMPONENT.test(text);
}

/**
 * Whether a text is the name of a repository, as the scope of a token may hold one: components separated by slashes, the
 * first of several perhaps a host with a port (Docker Registry token scope, `resourcename`).
 */
export function isRepositoryName(text: string): boolean {
  if (text.length > REPOSITORY_NAME_MAX_LENGTH) return false;
  const [first = '', ...others] = text.split('/');
  const isHost = others.length > 0 && HOST.test(first) && !first.includes('..');
  return (isNameComponent(first) || isHost) && others.every(isNameComponent);
}

/** What `${username}` stands for: the folded user name, or null where it can't stand in a repository name. */
export function repositoryNameOf(username: string): string | null {
  const folded = fold(username);
  return isNameComponent(folded) ? folded : null;
}
