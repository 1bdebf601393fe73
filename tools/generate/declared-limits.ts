import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The form of a constant that is a limit, a number of seconds or the like: `MOST_ROWS`, `LARGEST_BODY_BYTES`,
 * `ATTEMPT_SECONDS`. A new constant with such a name needs a row in `limits.json`, or a place in its list of others.
 */
const LIMIT_NAME =
  /^(?:(?:MOST|MAX|LONGEST|LARGEST|SHORTEST|LEAST|OLDEST)_\w+|\w+_(?:BYTES|SECONDS|MS|MILLISECONDS|MINUTES|LENGTH|AT_ONCE|CHARACTERS)|CONNECTIONS|REFRESH_SLOTS|LIMITS\.\w+)$/;
const DECLARATION = /^(?:export )?const ([A-Z][A-Z\d_]*)(?::[^=]+)? = ([^;'`{[]+);/gm;
/** Several limits in one object: `const LIMITS = { atOnce: 2 };`. */
const OBJECT = /^const LIMITS = \{([^}]+)\};/gm;

/** A constant of the sources, such as `graphql/pagination.ts LARGEST_PAGE`, and its value. */
export type DeclaredLimits = ReadonlyMap<string, number>;

/** The constants with the name of a limit in a folder of sources, with their values as the sources say. */
export function declaredLimitsIn(folder: string): DeclaredLimits {
  const paths = (readdirSync(folder, { recursive: true }) as string[])
    .filter((path) => /(?<!\.spec)\.ts$/.test(path) && !path.includes('migrations'))
    .sort();
  const files = paths.map((path) => ({ path, expressions: expressionsIn(readFileSync(join(folder, path), 'utf8')) }));
  const everywhere = new Map(files.flatMap(({ expressions }) => [...expressions]));
  return new Map(
    files.flatMap(({ path, expressions }) =>
      [...expressions.keys()]
        .filter((name) => LIMIT_NAME.test(name))
        .map((name) => [`${path} ${name}`, valueOf(name, new Map([...everywhere, ...expressions]))] as const),
    ),
  );
}

function expressionsIn(source: string): Map<string, string> {
  const members = [...source.matchAll(OBJECT)].flatMap(([, content = '']) => [...content.matchAll(/(\w+): ([^,]+)/g)]);
  return new Map([
    ...[...source.matchAll(DECLARATION)].map(([, name = '', expression = '']) => [name, expression.trim()] as const),
    ...members.map(([, name = '', expression = '']) => [`LIMITS.${name}`, expression.trim()] as const),
  ]);
}

/** The value of sums, differences and products of numbers and of other constants; NaN if it is anything else. */
function valueOf(name: string, expressions: ReadonlyMap<string, string>): number {
  const termOf = (text: string): number => {
    const factor = text.trim();
    if (/^\d[\d_]*$/.test(factor)) return Number(factor.replaceAll('_', ''));
    return expressions.has(factor) && factor !== name ? valueOf(factor, expressions) : NaN;
  };
  const productOf = (text: string) => text.split('*').reduce((all, one) => all * termOf(one), 1);
  const summands = (expressions.get(name) ?? '').split('+').map((summand) => summand.split('-').map(productOf));
  return summands.flatMap(([first = NaN, ...less]) => [first, ...less.map((one) => -one)]).reduce((a, b) => a + b, 0);
}
