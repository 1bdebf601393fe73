import { isNear } from '../common/text/near-names.js';
import { fileVariableOf, Variables } from './given-variables.js';
import { Variable, VARIABLES } from './variables.js';

const ALL: readonly Variable[] = Object.values(VARIABLES);
const OURS = ALL.flatMap((variable) => [variable.name, ...(variable.inFile ? [fileVariableOf(variable)] : [])]);
const LOWER = ALL.filter(({ inLowerCase }) => inLowerCase).map(({ name }) => name.toLowerCase());
// Other programs read them.
const OF_OTHERS = ['FTP_PROXY', 'ftp_proxy', 'GOPROXY'];
const KNOWN = new Set([...OURS, ...LOWER, ...OF_OTHERS]);
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
  return OURS.find((ours) => isNear(upper, ours));
}
