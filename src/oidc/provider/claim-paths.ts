/** A set of claims, as parsed from JSON. */
export type Claims = Readonly<Record<string, unknown>>;

/**
 * The value of a claim; undefined if there is none. Only own properties count. A name is one of:
 *
 * - the whole name of a claim, even if it contains dots or slashes
 * - a JSON pointer (RFC 6901), which begins with `/`
 * - a path such as `realm_access.roles`; a step may contain dots itself, and the longest one that leads to an object is taken,
 *   even if the rest of the path is only below a shorter one: what a path names never depends on what else is missing
 */
export function claimOf(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  return name.startsWith('/') ? atPointer(claims, name) : atPath(claims, name);
}

function atPath(value: unknown, path: string): unknown {
  if (!isObject(value)) return undefined;
  if (Object.hasOwn(value, path)) return value[path];
  for (let dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
    const inner = own(value, path.slice(0, dot));
    if (isObject(inner)) return atPath(inner, path.slice(dot + 1));
  }
  return undefined;
}

function atPointer(claims: Claims, pointer: string): unknown {
  return stepsOf(pointer).reduce<unknown>(stepInto, claims);
}

function stepsOf(pointer: string): string[] {
  const steps = pointer.slice(1).split('/');
  return steps.map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function stepInto(value: unknown, step: string): unknown {
  if (Array.isArray(value)) return /^(0|[1-9]\d{0,8})$/.test(step) ? (value as unknown[])[Number(step)] : undefined;
  return isObject(value) ? own(value, step) : undefined;
}

/** The claims of a token in which a value with this name may be: the first step of a pointer, or each beginning of a path. */
export function outermostOf(name: string): readonly string[] {
  if (name.startsWith('/')) return [name, ...stepsOf(name).slice(0, 1)];
  const steps = name.split('.');
  return steps.map((_, fewer) => steps.slice(0, steps.length - fewer).join('.'));
}

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is Claims {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An own property of an object; undefined if there is none. */
export function own(claims: Claims, name: string): unknown {
  return Object.hasOwn(claims, name) ? claims[name] : undefined;
}
