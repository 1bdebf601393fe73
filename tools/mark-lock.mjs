// Puts into package-lock.json what npm knows of a package's own package.json and does not write into a lock. Run it after
// `npm install` has changed the lock: npm run lock.
//
// - better-sqlite3 13 has its binary in the package and says `gypfile: false`; without it `npm ci` calls node-gyp, and fails
//   where there is no python.
// - better-sqlite3-12 is for Node 20; without the narrower `engines` every newer Node compiles it for nothing.
import { readFileSync, writeFileSync } from 'node:fs';

const file = 'package-lock.json';
const lock = JSON.parse(readFileSync(file, 'utf8'));
lock.packages['node_modules/better-sqlite3'].gypfile = false;
lock.packages['node_modules/better-sqlite3-12'].engines = { node: '20.x' };
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
