import { isMainThread } from 'node:worker_threads';

// For `node --import`: the threads of SQLite inherit it, and have nothing to tell.
if (isMainThread) {
  try {
    const { startTracing } = await import('./start-tracing.js');
    startTracing();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    process.stderr.write('Traces need packages that are not installed: see docs/tracing.md, "Install".\n');
    process.exit(1);
  }
}
