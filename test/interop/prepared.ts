import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The folder that `tools/interop/prepare.sh` fills. */
const ROOT = process.env.MOORING_INTEROP ?? join(homedir(), '.cache/mooring-interop');

/** Whether there is a folder of this part. */
export function isPrepared(part: string): boolean {
  return foldersOf(part).length > 0;
}

/** The folder of a prepared part, whatever its version. Fails with what to do where there is none, or more than one. */
export function prepared(part: string): string {
  const found = foldersOf(part);
  const [only] = found;
  if (found.length !== 1 || !only) {
    throw new Error(
      `${ROOT} holds ${found.length} versions of ${part}: run npm run interop:prepare, and remove old ones.`,
    );
  }
  return join(ROOT, only);
}

/** The home of the Java that Keycloak runs on. */
export const JAVA = join(ROOT, 'java');

function foldersOf(part: string): string[] {
  return existsSync(ROOT) ? readdirSync(ROOT).filter((name) => name.startsWith(`${part}-`)) : [];
}
