import { realpathSync, statSync } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** To read or to change a file, for those who are neither its owner nor in its group. */
const OTHERS = 0o006;
/** To pass through a folder, for them. */
const OTHERS_PASS = 0o001;
const RIGHTS = 0o777;

/** A file and the folders above it, up to the root. A link counts as what it leads to: it has no rights of its own. */
function placesOf(real: string): string[] {
  const above = dirname(real);
  return above === real ? [real] : [real, ...placesOf(above)];
}

/** The rule: everybody has rights on the file, and nothing above it keeps them away. */
function isOpen([file = 0, ...folders]: readonly number[]): boolean {
  return (file & OTHERS) !== 0 && folders.every((mode) => (mode & OTHERS_PASS) !== 0);
}

/**
 * Whether every user of this machine can read or change a file; on Windows modes do not say.
 *
 * @throws the error of the system if the file is not there
 */
export function isOpenToEveryone(path: string): boolean {
  if (process.platform === 'win32') return false;
  return isOpen(placesOf(realpathSync(path)).map((place) => statSync(place).mode));
}

/**
 * The same, without holding anything up where the file is on a disk that does not answer.
 *
 * @returns the mode of the file, such as `0644`, if everybody can read or change it; null if not, or if it is not there
 */
export async function openModeOf(path: string): Promise<string | null> {
  if (process.platform === 'win32') return null;
  const modeOf = async (place: string) => (await stat(place)).mode;
  const modes = await realpath(path)
    .then((real) => Promise.all(placesOf(real).map(modeOf)))
    .catch(() => []);
  return isOpen(modes) ? ((modes[0] ?? 0) & RIGHTS).toString(8).padStart(4, '0') : null;
}
