// Checks rules that imports do not show: no SQL names a table of a later step of the staircase, and only config, settings,
// health, audit and the application are global modules.
//
//   npx tsx tools/check/check-tables.ts [root [steps]]
//
// `root` is another checkout; `steps` are its folders, lowest first, separated by commas.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { argv, stderr, stdout } from 'node:process';
import { otherGlobalModules, ownersOf, tablesOfLaterSteps } from './table-owners.js';

const [root = '.', steps] = argv.slice(2);
const rules = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as { staircase: readonly string[] };
const staircase = steps?.split(',') ?? rules.staircase;

const paths = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('.ts'),
);
const files = paths
  .sort()
  .map((path) => ({ path: `src/${path}`, text: readFileSync(join(root, 'src', path), 'utf8') }));
const findings = [...tablesOfLaterSteps(files, staircase), ...otherGlobalModules(files)];

if (findings.length === 0) {
  stdout.write(`✔ no SQL names a table of a later step (${files.length} files, ${ownersOf(files).size} tables)\n`);
} else {
  stderr.write(`${findings.join('\n')}\n`);
  process.exitCode = 1;
}
