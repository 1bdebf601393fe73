import { BadTokenRequest } from './registry.errors.js';
import { isRepositoryName } from './repository-name.js';

/** One thing that a client asks to do with one resource. */
export interface TokenScope {
  readonly type: string;
  readonly name: string;
  readonly actions: readonly string[];
}

const MOST_SCOPES = 100;
const LONGEST_SCOPES = 16_384;
const MOST_ACTIONS = 10;
/** Resource type with an optional class, name (which may hold a colon), actions (Docker Registry token scope grammar). */
const SCOPE = /^([a-z0-9]+)(?:\([a-z0-9]+\))?:([^\s]+):([a-z*]*(?:,[a-z*]*)*)$/;

/**
 * The scopes of a request: repeated and separated by blanks, both at once. A class such as in `repository(plugin)` is ignored.
 *
 * @throws {BadTokenRequest} where one has not the form of a scope, or there are too many
 */
export function scopesIn(texts: readonly string[]): TokenScope[] {
  const length = texts.reduce((sum, text) => sum + text.length, 0);
  if (length > LONGEST_SCOPES) throw new BadTokenRequest(`The scopes are longer than ${LONGEST_SCOPES} characters.`);
  const parts = texts.flatMap((text) => text.split(' ')).filter((part) => part !== '');
  if (parts.length > MOST_SCOPES) throw new BadTokenRequest(`Ask for ${MOST_SCOPES} scopes at most.`);
  return merged(parts.map(scopeOf));
}

function scopeOf(text: string): TokenScope {
  const [, type = '', name = '', list = ''] = SCOPE.exec(text) ?? [];
  const actions = list.split(',').filter((action) => action !== '');
  if (!isRepositoryName(name) || actions.length > MOST_ACTIONS) {
    throw new BadTokenRequest(
      'A scope must have the form repository:NAME:ACTIONS, such as repository:team/app:pull,push.',
    );
  }
  return { type, name, actions };
}

/** One entry for each resource: registries look at the first that they find. */
function merged(scopes: readonly TokenScope[]): TokenScope[] {
  if (scopes.length < 2) return [...scopes];
  const found = new Map<string, TokenScope>();
  for (const scope of scopes) {
    const key = `${scope.type}:${scope.name}`;
    const known = found.get(key)?.actions ?? [];
    found.set(key, { ...scope, actions: [...new Set([...known, ...scope.actions])] });
  }
  return [...found.values()];
}
