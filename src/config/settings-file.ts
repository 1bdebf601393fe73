import { readFileSync, statSync } from 'node:fs';
import { SecretText } from '../common/crypto/secret-text.js';
import type { Complain, Variables } from './given-variables.js';
import { isOpenToEveryone } from './open-files.js';
import { VARIABLES } from './variables.js';

/** The file that SETTINGS_FILE names, as it was when the process started. */
export interface SettingsFile {
  readonly path: string;
  /** YAML or JSON; it may have secrets in it. */
  readonly text: SecretText;
  /** Whether every user of this machine can read or change it. */
  readonly isOpen: boolean;
  /** The environment variable with a name, for secrets that the file takes from there. */
  readonly variable: (name: string) => string | undefined;
}

/** As much as ten thousand rules need, several times over; a larger file is a wrong one. */
const LARGEST_SETTINGS_FILE_BYTES = 8 * 1024 * 1024;

/** The code of the error of {@link textIn}. */
export const NOT_UTF8 = 'ERR_ENCODING_INVALID_ENCODED_DATA';

/**
 * The text in the bytes of a file, without a byte order mark.
 *
 * @throws {TypeError} with the code {@link NOT_UTF8}
 */
export function textIn(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}

/**
 * Reads the settings file.
 *
 * @param path the value of SETTINGS_FILE; empty if it is not set
 * @param given the environment variables
 * @param complain called if it can't be read; the path is not quoted, because it may be anything that was set there by mistake
 */
export function settingsFileAt(path: string, given: Variables, complain: Complain): SettingsFile | undefined {
  if (path === '') return undefined;
  const variable = (name: string) => (Object.hasOwn(given, name) ? given[name] : undefined);
  try {
    const facts = statSync(path);
    if (facts.isFile() && facts.size <= LARGEST_SETTINGS_FILE_BYTES) {
      const text = new SecretText(textIn(readFileSync(path)));
      return { path, text, isOpen: isOpenToEveryone(path), variable };
    }
  } catch (error) {
    const { code = 'no code' } = error as NodeJS.ErrnoException;
    const isEncoding = code === NOT_UTF8;
    complain(
      VARIABLES.settingsFile,
      isEncoding ? 'must name a file in UTF-8.' : `must name a file that can be read (${code}).`,
    );
    return undefined;
  }
  const limit = `a file of at most ${LARGEST_SETTINGS_FILE_BYTES} bytes`;
  complain(VARIABLES.settingsFile, `must name ${limit}, and no folder, pipe or device.`);
  return undefined;
}
