// Checks that each `index.ts` of src exports few names, and prints which names the folders without one give to others.
//
//   npx tsx tools/check/check-faces.ts
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stderr, stdout } from 'node:process';
import { MOST_NAMES, takenFromOpenFolders, wideFaces } from './faces.js';

const paths = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
const files = paths.sort().map((path) => ({ path: `src/${path}`, text: readFileSync(join('src', path), 'utf8') }));
const findings = wideFaces(files);

for (const [folder, names] of takenFromOpenFolders(files)) {
  stdout.write(`  ${folder} gives ${names.length}: ${names.join(', ')}\n`);
}
if (findings.length === 0) {
  stdout.write(`✔ every index.ts gives at most ${MOST_NAMES} names\n`);
} else {
  stderr.write(`${findings.join('\n')}\n`);
  process.exitCode = 1;
}
