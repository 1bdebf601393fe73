import { SecretText } from '../common/crypto/secret-text.js';
import { Environment, InvalidEnvironment, VARIABLES } from '../config/env.js';
import { isOpenToEveryone } from '../config/open-files.js';
import type { SettingsFile } from '../config/settings-file.js';
import { FixedSettings, NOTHING_FIXED } from './fixed-settings.js';
import { FixedProblem, FixedSource, nameOfPath, SettingPath, toldProblems } from './fixed-source.js';
import { checkedSettings } from './fixed-values.js';
import { SettingsFileSource } from './settings-file-source.js';

/** The values of FIXED_SETTINGS, which is one line of JSON. */
class FixedVariable implements FixedSource {
  readonly variable = VARIABLES.fixedSettings.name;
  readonly holdsRules = false;
  readonly problems = [];
  readonly values: Readonly<Record<string, unknown>>;

  constructor(json: SecretText) {
    this.values = JSON.parse(json.reveal()) as Readonly<Record<string, unknown>>;
  }

  problemAt(path: SettingPath, problem: string): FixedProblem {
    return { name: nameOfPath(path), problem };
  }

  secretOf(value: unknown): SecretText | string {
    return typeof value === 'string' ? new SecretText(value) : 'has the wrong type: it must be a text.';
  }

  advice(): readonly string[] {
    return [];
  }

  secretFiles(): readonly string[] {
    return [];
  }
}

/** The part of the environment that fixes settings. */
export type FixingEnvironment = Pick<Environment, 'fixedSettings' | 'settingsFile'>;

const PARSED = new WeakMap<SettingsFile, SettingsFileSource>();

/** What the environment fixes, before it is checked; undefined if it fixes nothing. A file is parsed once. */
export function fixedSourceOf({ fixedSettings, settingsFile }: FixingEnvironment): FixedSource | undefined {
  if (!settingsFile) return fixedSettings && new FixedVariable(fixedSettings);
  const source = PARSED.get(settingsFile) ?? new SettingsFileSource(settingsFile);
  PARSED.set(settingsFile, source);
  return source;
}

/**
 * The settings that the environment fixes, in the form of a patch of the configuration.
 *
 * @throws {InvalidEnvironment} with every problem at once; no value is quoted
 */
export function fixedSettingsOf(environment: FixingEnvironment): FixedSettings {
  const source = fixedSourceOf(environment);
  if (!source) return NOTHING_FIXED;
  const { fixed, problems } = checkedSettings(source);
  if (problems.length > 0) throw new InvalidEnvironment(toldProblems(source.variable, problems));
  return fixed;
}

/** What is allowed in what the environment fixes, and still better done in another way; each is a sentence. */
export function fixedAdvice(environment: FixingEnvironment): readonly string[] {
  const source = fixedSourceOf(environment);
  return source ? adviceOn(source) : [];
}

/** The same of one source. */
export function adviceOn(source: FixedSource): readonly string[] {
  const open = fixedSecretFiles(source).filter(isOpenToEveryone);
  const ofFile = (path: string) =>
    `${source.variable} names a secret file that every user of this machine can read or change: chmod 600 ${path}`;
  return [...source.advice(), ...open.map(ofFile)];
}

/** The files with the secrets that a source fixes; itself, if one stands in it. */
export function fixedSecretFiles(source: FixedSource): readonly string[] {
  // Secrets are read when they are checked.
  checkedSettings(source);
  return source.secretFiles();
}
