import { BadTokenRequest } from './registry.errors.js';
import { isRepositoryName } from './repository-name.js';

/** The actions that a client requests on one resource. */
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
 * Parses the scopes of a request, repeated or separated by spaces or both. A class, as in `repository(plugin)`, is ignored.
 *
 * @throws {BadTokenRequest} for a malformed scope, or too many
 */
export function scopesIn(texts: readonly string[]): TokenScope[] {
  const length = texts.reduce((sum, text) => sum + text.length, 0);
  if (length > LONGEST_SCOPES) throw new BadTokenRequest(`The scopes are longer than ${LONGEST_SCOPES} characters.`);
  const parts = texts.flatMap((text) => text.split(' ')).filter((part) => part !== '');
  if (parts.length > MOST_SCOPES) throw new BadTokenRequest(`Request at most ${MOST_SCOPES} scopes.`);
  return mergedByResource(parts.map(scopeOf));
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

/** One entry for each resource: registries read only the first that they find. */
function mergedByResource(scopes: readonly TokenScope[]): TokenScope[] {
  if (scopes.length < 2) return [...scopes];
  const found = new Map<string, TokenScope>();
  for (const scope of scopes) {
    const key = `${scope.type}:${scope.name}`;
    const earlier = found.get(key)?.actions ?? [];
    found.set(key, { ...scope, actions: [...new Set([...earlier, ...scope.actions])] });
  }
  return [...found.values()];
}
