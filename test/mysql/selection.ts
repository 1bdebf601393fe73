import { execFileSync } from 'node:child_process';
import { relative } from 'node:path';

/** How Jest is started, in the folder of the repository. */
export const JEST = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  'node_modules/jest/bin/jest.js',
];

/**
 * The only files that reach a database server: the first reads the address of the suite's own, the second starts one. A
 * spec that imports neither, not even through other files, does the same on every engine.
 */
export const REACHING_A_SERVER = ['test/support/fresh-database.ts', 'test/support/mariadb.ts'];

/** Makes Jest select the spec files that reach a database server. */
export const ON_A_SERVER = ['--findRelatedTests', ...REACHING_A_SERVER];

/** Names the spec files that Jest would run on a database server with these arguments, from the folder of the repository. */
export function specFiles(args: readonly string[] = []): string[] {
  const env = { ...process.env, TEST_DATABASE_URL: 'mysql://not-connected' };
  const options = { env, encoding: 'utf8' } as const;
  const names = execFileSync(process.execPath, [...JEST, '--listTests', ...args], options);
  return names
    .trim()
    .split('\n')
    .map((name) => relative('.', name))
    .sort();
}
