export { GatheredMetrics } from './gathered-metrics.js';
export { watchForSilence } from './silence.js';
export { closeUntaken } from './untaken-connections.js';
export { WorkerPool } from './worker-pool.js';
export { WorkerProcess } from './worker-process.js';
export { joinPool } from './worker-side.js';
