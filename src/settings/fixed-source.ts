import type { Environment } from '../config/env.js';
import { VARIABLES } from '../config/variables.js';
import type { SecretText } from '../common/crypto/secret-text.js';

/** Where a value stands, from the outermost name: `['oidc', 'endpoint']`, or `['accessRules', 2, 'actions']`. */
export type SettingPath = readonly (string | number)[];

/** A place in a file; both begin at 1. */
export interface FilePlace {
  readonly line: number;
  readonly column: number;
}

/** What is wrong with a value that the operator has fixed. */
export interface FixedProblem {
  /** The name of the value, such as `oidc.endpoint`; empty if the whole is meant. */
  readonly name: string;
  /** The rest of the sentence that begins with the name; it quotes no value. */
  readonly problem: string;
  /** Absent where the values do not come from a file. */
  readonly place?: FilePlace;
}

/** Settings that the operator fixes from outside, as they were given, before any of them is checked. */
export interface FixedSource {
  readonly variable: string;
  /** Whether access rules may stand beside the settings. */
  readonly holdsRules: boolean;
  readonly values: Readonly<Record<string, unknown>>;
  /** What kept a part of it from being read. */
  readonly problems: readonly FixedProblem[];
  /** A problem of a value, with its place. */
  problemAt(path: SettingPath, problem: string): FixedProblem;
  /**
   * The secret that a value is or names.
   *
   * @returns the problem as a text if there is none
   */
  secretOf(value: unknown): SecretText | string;
  /** What is allowed and still better done in another way, apart from files that are open; each is a sentence. */
  advice(): readonly string[];
  /** The files that the secrets are in which were asked for. */
  secretFiles(): readonly string[];
}

/** The variable that fixes settings: SETTINGS_FILE if it is set, else FIXED_SETTINGS. */
export function fixingVariableOf({ settingsFile }: Pick<Environment, 'settingsFile'>): string {
  return settingsFile ? VARIABLES.settingsFile.name : VARIABLES.fixedSettings.name;
}

/** A plain word; other names are quoted, because they may hold anything. */
const PLAIN_NAME = /^[\w$.-]{1,64}$/;
const LONGEST_QUOTED = 64;
/** Characters that could move the cursor of a terminal, or hide or turn text. */
const UNSAFE = /[\p{C}\p{Zl}\p{Zp}]/gu;
/** A file in which everything is wrong says the same again and again. */
const MOST_TOLD = 1_000;

/** The name of a value: `oidc.endpoint`, `accessRules[2].actions`; names that are no words are quoted and cut. */
export function nameOfPath(path: SettingPath): string {
  return path.map((step, index) => nameOfStep(step, index === 0)).join('');
}

function nameOfStep(step: string | number, isFirst: boolean): string {
  if (typeof step === 'number') return `[${step}]`;
  const name = PLAIN_NAME.test(step) ? step : JSON.stringify(step.slice(0, LONGEST_QUOTED)).replace(UNSAFE, '\ufffd');
  return isFirst ? name : `.${name}`;
}

/** Problems as the message of a start tells them, in the order of the file, such as `SETTINGS_FILE line 4, column 3: oidc.name must be ...` */
export function toldProblems(variable: string, problems: readonly FixedProblem[]): string[] {
  const more = problems.length > MOST_TOLD ? [`${variable} has ${problems.length - MOST_TOLD} more problems.`] : [];
  const first = inFileOrder(problems).slice(0, MOST_TOLD);
  const told = first.map(({ name, problem, place }) => {
    const where = place ? `${variable} line ${place.line}, column ${place.column}:` : variable;
    return [where, name, problem].filter((part) => part !== '').join(' ');
  });
  return [...told, ...more];
}

/** Problems in the order in which somebody reads the file. */
export function inFileOrder(problems: readonly FixedProblem[]): FixedProblem[] {
  return [...problems].sort(({ place: one }, { place: other }) =>
    one && other ? one.line - other.line || one.column - other.column : 0,
  );
}
