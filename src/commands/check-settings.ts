import { loadDotEnv } from '../config/dot-env.js';
import { registryServicesFrom } from '../config/env.js';
import { settingsFileAt } from '../config/settings-file.js';
import { AuthMode } from '../settings/auth-mode.js';
import { fixedNames, FixedSettings, withFixed } from '../settings/fixed-settings.js';
import { FixedProblem, FixedSource, inFileOrder } from '../settings/fixed-source.js';
import { checkedSettings } from '../settings/fixed-values.js';
import { missingForOidcMode } from '../settings/oidc-settings.schema.js';
import { adviceOn } from '../settings/read-fixed-settings.js';
import { defaultSettings } from '../settings/settings.document.js';
import { SettingsFileSource } from '../settings/settings-file-source.js';
import { checkedFixed } from '../registry/rule-contents/index.js';

/** What the check of a settings file found. */
export interface CheckedFile {
  readonly file: string;
  readonly isValid: boolean;
  /** The names of the settings that it fixes. */
  readonly settings: readonly string[];
  /** The number of its access rules that are valid. */
  readonly accessRules: number;
  /** In the order of the file. */
  readonly problems: readonly FixedProblem[];
  /** What is allowed and still better done in another way, or depends on what is stored. */
  readonly warnings: readonly string[];
}

/**
 * Checks a settings file as a start would, without a database. Of the environment only the names of the registry services
 * count, and the variables that the file names.
 *
 * @throws {Error} if the file can't be read
 * @throws {InvalidEnvironment} if the names of the registry services are not valid
 */
export function checkSettings(path: string): CheckedFile {
  loadDotEnv();
  const file = settingsFileAt(path, process.env, (_variable, problem) => {
    throw new Error(`${path} ${problem}`);
  });
  if (!file) throw new Error('The name of the file is empty.');
  const source = new SettingsFileSource(file);
  const checked = checkedFixed(source, registryServicesFrom(process.env));
  const problems = inFileOrder(checked.problems);
  const { fixed } = checkedSettings(source);
  return {
    file: path,
    isValid: problems.length === 0,
    settings: fixedNames(fixed).filter((name) => isWritten(source.values, name)),
    accessRules: checked.rules.length,
    problems,
    warnings: [...adviceOn(source), ...(problems.length === 0 ? missingIn(fixed) : [])],
  };
}

/** Whether the file itself names a setting: `adminGroups` fixes `adminGroup`, too. */
function isWritten(values: FixedSource['values'], name: string): boolean {
  const [section = '', inner] = name.split('.');
  return inner === undefined ? section in values : Object.hasOwn(Object(values[section]) as object, inner);
}

function missingIn(fixed: FixedSettings): string[] {
  if (fixed.authMode !== AuthMode.OIDC) return [];
  const missing = missingForOidcMode(withFixed(fixed, defaultSettings()).oidc);
  if (missing.length === 0) return [];
  return [`authMode OIDC needs ${missing.join(', ')} too: a start is refused where they are not stored already.`];
}
