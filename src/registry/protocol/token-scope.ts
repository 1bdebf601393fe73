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
/** Resource type with an optional class, name (which may hold a colon), actions (Docker Registry token scope grammar). */
const SCOPE = /^([a-z0-9]+)(?:\([a-z0-9]+\))?:([^\s]+):([^\s:]*)$/;
const ACTIONS = new Set(['pull', 'push', 'delete', '*']);

/**
 * Parses the scopes of a request, repeated or separated by spaces or both. A class, as in `repository(plugin)`, is ignored.
 * A scope that is not of the grammar is left out, and so are unknown actions: clients ask for more than one registry knows.
 *
 * @throws {BadTokenRequest} for too many scopes, or too long ones
 */
export function scopesIn(texts: readonly string[]): TokenScope[] {
  const length = texts.reduce((sum, text) => sum + text.length, 0);
  if (length > LONGEST_SCOPES) throw new BadTokenRequest(`The scopes are longer than ${LONGEST_SCOPES} characters.`);
  const parts = texts.flatMap((text) => text.split(' ')).filter((part) => part !== '');
  if (parts.length > MOST_SCOPES) throw new BadTokenRequest(`Request at most ${MOST_SCOPES} scopes.`);
  return mergedByResource(parts.flatMap((part) => scopeOf(part) ?? []));
}

function scopeOf(text: string): TokenScope | undefined {
  const [, type = '', name = '', list = ''] = SCOPE.exec(text) ?? [];
  if (!isRepositoryName(name)) return undefined;
  return { type, name, actions: [...new Set(list.split(','))].filter((action) => ACTIONS.has(action)) };
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
