import { isNameComponent, REPOSITORY_NAME_MAX_LENGTH } from '../protocol/repository-name.js';

/** Stands for the folded name of the person who asks. */
const USERNAME = '${username}';
const ANY_COMPONENTS = '**';

/** The rule of patterns in words, for messages. */
export const PATTERN_RULE =
  'must be a repository name in which a component may hold one "*" (any characters but "/"), be "${username}", or, once in the pattern, be "**" (one or more components).';

/** What is wrong with a repository pattern; undefined where nothing is. */
export function problemOfPattern(pattern: string): string | undefined {
  const components = pattern.length <= REPOSITORY_NAME_MAX_LENGTH ? pattern.split('/') : [''];
  const isUsable = components.every((component) => component === USERNAME || isComponentPattern(component));
  const isOnce = components.filter((component) => component === ANY_COMPONENTS).length <= 1;
  return isUsable && isOnce ? undefined : PATTERN_RULE;
}

function isComponentPattern(component: string): boolean {
  if (component === ANY_COMPONENTS || component === '*') return true;
  if (component.split('*').length > 2) return false;
  // A component in which the blank is filled in must be one that a name can have.
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

/** A repository pattern made ready for matching; takes time in proportion to the name, whatever the pattern. */
export class RepositoryPattern {
  /** Whether it stands for other repositories for each person. */
  readonly isPersonal: boolean;
  private readonly head: readonly Matcher[];
  private readonly tail: readonly Matcher[] | null;
  private readonly first: string;

  /** @param text a pattern in which {@link problemOfPattern} finds nothing wrong */
  constructor(text: string) {
    const components = text.split('/');
    const place = components.indexOf(ANY_COMPONENTS);
    this.isPersonal = components.includes(USERNAME);
    this.first = components[0] ?? '';
    this.head = (place < 0 ? components : components.slice(0, place)).map(matcherOf);
    this.tail = place < 0 ? null : components.slice(place + 1).map(matcherOf);
  }

  /**
   * Whether the pattern matches a repository.
   *
   * @param components the repository's name, split at its slashes
   * @param username what `${username}` stands for; where it is null, a pattern with it matches nothing
   */
  matches(components: readonly string[], username: string | null): boolean {
    const { head, tail } = this;
    const isLongEnough =
      tail === null ? components.length === head.length : components.length > head.length + tail.length;
    if (!isLongEnough || !head.every((matches, place) => matches(components[place] ?? '', username))) return false;
    if (tail === null) return true;
    const offset = components.length - tail.length;
    return tail.every((matches, place) => matches(components[offset + place] ?? '', username));
  }

  /** Whether the first component is, at least in part, a literal text, and this name is like it. */
  beginsWith(name: string): boolean {
    const isLiteral = ![USERNAME, ANY_COMPONENTS, '*'].includes(this.first);
    return isLiteral && matcherOf(this.first)(name, null);
  }
}
