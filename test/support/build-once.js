import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const BUILT = 'dist/src/main.js';

/** @param {string} path */
const madeAt = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/**
 * Builds the server, without the pages, where a source is newer than the build: before all test files, since those that
 * start it as a process run side by side.
 */
export default function buildOnce() {
  const sources = readdirSync('src', { recursive: true }).map((name) => madeAt(join('src', String(name))));
  if (Math.max(...sources, madeAt('package.json')) < madeAt(BUILT)) return;
  execFileSync('npm', ['run', '--silent', 'build:server'], { stdio: 'pipe' });
}
