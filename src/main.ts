import 'reflect-metadata';
import { endWithError } from './end-with-error.js';
import { startServer } from './start-server.js';

startServer().catch(endWithError);
