import 'reflect-metadata';
import { endWithError } from './commands/end-with-error.js';
import { startServer } from './commands/start-server.js';

startServer().catch(endWithError);
