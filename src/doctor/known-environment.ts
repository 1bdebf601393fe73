import { Environment, InvalidEnvironment, readEnvironment, VARIABLES } from '../config/env.js';
import { fileVariableOf, Variables } from '../config/given-variables.js';

/** The environment, as far as it can be read. */
export interface KnownEnvironment {
  readonly environment: Environment;
  /** Every problem, by the name of its variable; no value is quoted. */
  readonly problems: readonly string[];
  /** The variables that have a problem; the environment has a default in the place of each. */
  readonly unusable: ReadonlySet<string>;
}

/** The registry services; null if the variable that names them is not valid. */
export function knownServicesOf({ environment, unusable }: KnownEnvironment): Environment['registryServices'] | null {
  const named = [VARIABLES.registryService, VARIABLES.registryServices];
  return named.some(({ name }) => unusable.has(name)) ? null : environment.registryServices;
}

/** Only makes the other variables readable; it opens and encrypts nothing. */
const NO_KEY = Buffer.alloc(32).toString('base64');
/** One variable may hide the problems of another. */
const ROUNDS = 5;

/** Reads the environment despite its problems: variables that have one are left out. */
export function knownEnvironment(source: Variables): KnownEnvironment {
  const problems = new Set<string>();
  const unusable = new Set<string>();
  let left: Variables = source;
  for (let round = 0; round < ROUNDS; round++) {
    try {
      return { environment: readEnvironment(left), problems: [...problems], unusable };
    } catch (error) {
      if (!(error instanceof InvalidEnvironment)) throw error;
      for (const problem of error.problems) {
        problems.add(problem);
        unusable.add(nameIn(problem));
      }
      left = without(left, unusable);
    }
  }
  return { environment: readEnvironment({}), problems: [...problems], unusable: ALL };
}

const ALL: ReadonlySet<string> = new Set(Object.values(VARIABLES).map(({ name }) => name));

/** A problem begins with the name of its variable, or of the variable that names its file. */
function nameIn(problem: string): string {
  const [name = ''] = problem.split(' ');
  return ALL.has(name) ? name : name.replace(/_FILE$/, '');
}

function without(source: Variables, names: ReadonlySet<string>): Variables {
  const all = [...names].flatMap((name) => [name, name.toLowerCase(), fileVariableOf({ name })]);
  const left = Object.fromEntries(Object.entries(source).filter(([name]) => !all.includes(name)));
  return names.has(VARIABLES.encryptionKey.name) ? { ...left, [VARIABLES.encryptionKey.name]: NO_KEY } : left;
}
