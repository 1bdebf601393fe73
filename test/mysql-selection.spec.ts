import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ON_A_SERVER, REACHING_A_SERVER, specFiles } from './mysql/selection.js';

/** These start the suite or choose from it, and test nothing. */
const ABOUT_THE_SUITE = ['test/mysql-selection.spec.ts', 'test/mysql/run.ts', 'test/mysql/selection.ts'];
const WAY_TO_A_SERVER = /TEST_DATABASE_URL|'mariadbd'/;
const OPENS = /\b(TestApp\.start|openDatabase|temporaryEnvironment|databaseVariables|MariaDb\.prepare)\(/;

/** The source files of a folder, whose text matches. */
const filesWith = (folder: string, pattern: RegExp) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name))
    .filter((name) => pattern.test(readFileSync(name, 'utf8')));

describe('The selection of specs that run on MariaDB too', () => {
  it('begins at every file that reaches a database server', () => {
    const found = ['src', 'test'].flatMap((folder) => filesWith(folder, WAY_TO_A_SERVER));
    expect(found.filter((name) => !ABOUT_THE_SUITE.includes(name)).sort()).toEqual([...REACHING_A_SERVER].sort());
  });

  it('holds every spec that opens a database, be it through other files, and no rule without one', () => {
    const [all, selected] = [specFiles(), specFiles(ON_A_SERVER)];
    const opening = all.filter((name) => OPENS.test(readFileSync(name, 'utf8')));
    expect(opening.length).toBeGreaterThan(10);
    expect(opening.filter((name) => !selected.includes(name))).toEqual([]);
    expect(selected).toContain('test/first-login.e2e-spec.ts');
    expect(selected).not.toContain('src/users/username.spec.ts');
  });
});
