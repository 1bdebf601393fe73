import 'reflect-metadata';
import { endWithError } from './commands/end-with-error.js';
import { startServer } from './commands/start-server.js';
import { releaseOf } from './common/runtime/release.js';

if (process.argv.includes('--version')) process.stdout.write(`${releaseOf(import.meta.dirname)}\n`);
else startServer().catch(endWithError);
