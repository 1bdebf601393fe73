import { isNameComponent, REPOSITORY_NAME_MAX_LENGTH } from '../protocol/index.js';

/** Stands for the folded name of the requesting user. */
const USERNAME = '${username}';
const ANY_COMPONENTS = '**';

/** The syntax of patterns, for error messages. */
export const PATTERN_RULE =
  'must be a repository name. A component may contain one "*" (any characters but "/") or be "${username}"; one component of the pattern may be "**" (one or more components).';

/** The problem of a repository pattern; undefined for a valid one. */
export function problemOfPattern(pattern: string): string | undefined {
  const components = pattern.length <= REPOSITORY_NAME_MAX_LENGTH ? pattern.split('/') : [''];
  const isValid = components.every((component) => component === USERNAME || isComponentPattern(component));
  const isOnce = components.filter((component) => component === ANY_COMPONENTS).length <= 1;
  return isValid && isOnce ? undefined : PATTERN_RULE;
}

function isComponentPattern(component: string): boolean {
  if (component === ANY_COMPONENTS || component === '*') return true;
  if (component.split('*').length > 2) return false;
  // With the asterisk replaced by a character it must be a valid component of a name.
  return isNameComponent(component.replace('*', 'x'));
}

type Matcher = (component: string, username: string | null) => boolean;

function matcherOf(component: string): Matcher {
  if (component === USERNAME) return (text, username) => text === username;
  const [start = '', end] = component.split('*');
  if (end === undefined) return (text) => text === start;
  const shortest = start.length + end.length;
  return (text) => text.length >= shortest && text.startsWith(start) && text.endsWith(end);
}

/** A compiled repository pattern; matching takes time in proportion to the name, whatever the pattern. */
export class RepositoryPattern {
  /** Whether it contains `${username}`, and so matches different repositories for each user. */
  readonly isPersonal: boolean;
  private readonly head: readonly Matcher[];
  private readonly tail: readonly Matcher[] | null;
  private readonly first: string;

  /** @param text a pattern in which {@link problemOfPattern} finds no problem */
  constructor(private readonly text: string) {
    const components = text.split('/');
    const index = components.indexOf(ANY_COMPONENTS);
    this.isPersonal = components.includes(USERNAME);
    this.first = components[0] ?? '';
    this.head = (index < 0 ? components : components.slice(0, index)).map(matcherOf);
    this.tail = index < 0 ? null : components.slice(index + 1).map(matcherOf);
  }

  /**
   * Whether the pattern matches a repository.
   *
   * @param components the repository's name, split at its slashes
   * @param username the value of `${username}`; if it is null, a pattern with `${username}` matches nothing
   */
  matches(components: readonly string[], username: string | null): boolean {
    const { head, tail } = this;
    const isLongEnough =
      tail === null ? components.length === head.length : components.length > head.length + tail.length;
    if (!isLongEnough || !head.every((matches, index) => matches(components[index] ?? '', username))) return false;
    if (tail === null) return true;
    const offset = components.length - tail.length;
    return tail.every((matches, index) => matches(components[offset + index] ?? '', username));
  }

  /**
   * The folder that a personal pattern such as `users/${username}/**` gives to a user; null if it gives none, or not one
   * alone, as with further wildcards.
   *
   * @param username the value of `${username}`
   */
  folderOf(username: string): string | null {
    const folder = /^([^*]+)\/\*{1,2}$/.exec(this.text)?.[1];
    return this.isPersonal && folder !== undefined ? folder.replaceAll(USERNAME, () => username) : null;
  }

  /** Whether the first component is at least partly literal, and matches this name. */
  beginsWith(name: string): boolean {
    const isLiteral = ![USERNAME, ANY_COMPONENTS, '*'].includes(this.first);
    return isLiteral && matcherOf(this.first)(name, null);
  }
}
