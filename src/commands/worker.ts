import 'reflect-metadata';
import { endWithError } from './end-with-error.js';
import { startWorker } from './start-worker.js';

startWorker(Number(process.argv[2])).catch(endWithError);
