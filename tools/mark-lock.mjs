// Adds facts from the package.json of packages that npm does not write into package-lock.json. Run it after `npm install`
// has changed the lock: npm run lock.
//
// - better-sqlite3 13 includes its binary and says `gypfile: false`; without that, `npm ci` calls node-gyp, which fails if
//   there is no Python.
// - better-sqlite3-12 is for Node 20; without the narrower `engines`, every newer Node compiles it needlessly.
import { readFileSync, writeFileSync } from 'node:fs';

const file = 'package-lock.json';
const lock = JSON.parse(readFileSync(file, 'utf8'));
lock.packages['node_modules/better-sqlite3'].gypfile = false;
lock.packages['node_modules/better-sqlite3-12'].engines = { node: '20.x' };
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
