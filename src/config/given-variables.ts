import { readFileSync } from 'node:fs';
import { Variable, VARIABLES } from './variables.js';

/** Environment variables by name. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** Reports a problem of a variable. */
export type Complain = (variable: Pick<Variable, 'name'>, problem: string) => void;

const IN_FILES: readonly Variable[] = Object.values<Variable>(VARIABLES).filter(({ inFile }) => inFile);

/** The name of the variable that names the file with a variable's value. */
export function fileVariableOf({ name }: Pick<Variable, 'name'>): string {
  return `${name}_FILE`;
}

/** The variables with the values that are in files (`ENCRYPTION_KEY_FILE` and others), without the newline at their end. */
export function givenVariables(source: Variables, complain: Complain): Variables {
  const named = IN_FILES.filter((variable) => source[fileVariableOf(variable)]);
  const values = named.map((variable) => [variable.name, valueInFile(variable, source, complain)] as const);
  return { ...source, ...Object.fromEntries(values) };
}

function valueInFile(variable: Variable, source: Variables, complain: Complain): string | undefined {
  const name = fileVariableOf(variable);
  if (source[variable.name]) {
    complain({ name }, `and ${variable.name} are both set: set only one of them.`);
    return source[variable.name];
  }
  try {
    const text = readFileSync(source[name] ?? '', 'utf8').replace(/[\r\n]+$/, '');
    if (text === '') complain({ name }, 'names an empty file.');
    return text;
  } catch (error) {
    // The path is not quoted: it may be the secret itself, set under the wrong name.
    complain({ name }, `must name a file that can be read (${(error as NodeJS.ErrnoException).code ?? 'no code'}).`);
    return undefined;
  }
}
