import { fileVariableOf, Variables } from './given-variables.js';
import { Variable, VARIABLES } from './variables.js';

const ALL: readonly Variable[] = Object.values(VARIABLES);
const OURS = ALL.flatMap((variable) => [variable.name, ...(variable.inFile ? [fileVariableOf(variable)] : [])]);
const LOWER = ALL.filter(({ inLowerCase }) => inLowerCase).map(({ name }) => name.toLowerCase());
// Other programs read them.
const OF_OTHERS = ['FTP_PROXY', 'ftp_proxy', 'GOPROXY'];
const KNOWN = new Set([...OURS, ...LOWER, ...OF_OTHERS]);
const SHORT_NAME = 5;
const USUAL_NODE_ENV = ['', 'production', 'development', 'test'];

/** What is probably a mistake in the environment: names close to those of our variables, and an unusual `NODE_ENV`. */
export function environmentAdvice(source: Variables): string[] {
  const misspelt = Object.keys(source).flatMap((name) => {
    const meant = meantBy(name);
    return meant ? [`The variable ${name} has no effect. Was ${meant} meant?`] : [];
  });
  const isUsual = USUAL_NODE_ENV.includes(source.NODE_ENV ?? '');
  return isUsual ? misspelt : [...misspelt, 'NODE_ENV has an unusual value: only "production" has an effect.'];
}

function meantBy(name: string): string | undefined {
  if (KNOWN.has(name)) return undefined;
  const upper = name.toUpperCase();
  return OURS.find((ours) => distanceOf(upper, ours) <= (ours.length > SHORT_NAME ? 2 : 1));
}

/** How many letters have to be added, removed, replaced or swapped with their neighbour (optimal string alignment). */
function distanceOf(one: string, other: string): number {
  // Every variable of the machine is compared, and some have long names.
  if (Math.abs(one.length - other.length) > 2) return Infinity;
  let [before, row]: number[][] = [[], Array.from({ length: other.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++) {
      const replaced = at(row, j - 1) + Number(one[i - 1] !== other[j - 1]);
      const isSwap = one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      next.push(Math.min(replaced, at(row, j) + 1, at(next, j - 1) + 1, isSwap ? at(before, j - 2) + 1 : Infinity));
    }
    [before, row] = [row, next];
  }
  return at(row, other.length);
}

function at(row: readonly number[] | undefined, index: number): number {
  return row?.[index] ?? Infinity;
}
