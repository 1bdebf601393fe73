import { execFileSync } from 'node:child_process';
import { readdirSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';

const BUILT = 'dist/src/main.js';
const IN_MEMORY = '/dev/shm';
const ROOM_BYTES = 2 ** 30;

/** @param {string} path */
const madeAt = (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/**
 * Builds the server, without the pages, where a source is newer than the build: before all test files, since those that
 * start it as a process run side by side.
 */
function buildOnce() {
  const sources = readdirSync('src', { recursive: true }).map((name) => madeAt(join('src', String(name))));
  if (Math.max(...sources, madeAt('package.json')) < madeAt(BUILT)) return;
  execFileSync('npm', ['run', '--silent', 'build:server'], { stdio: 'pipe' });
}

/** Lets temporary files lie in memory where there is room: hundreds of databases are made, and would wait for the disk. */
function useMemory() {
  try {
    const { bavail, bsize } = statfsSync(IN_MEMORY);
    if (bavail * bsize > ROOM_BYTES) process.env.TMPDIR ??= IN_MEMORY;
  } catch {
    // There is no such folder here: the disk has to do.
  }
}

/** What is done once, before the test files are run side by side. */
export default function beforeAllFiles() {
  buildOnce();
  useMemory();
}
