import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The version in the `package.json` above a folder of Mooring; the built files lie one folder deeper than the sources. */
export function releaseOf(folder: string): string {
  try {
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
    return version;
  } catch (error) {
    if (dirname(folder) === folder) throw error;
    return releaseOf(dirname(folder));
  }
}
