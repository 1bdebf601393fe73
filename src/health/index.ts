export { CountsBehind } from './counts-behind.js';
export type { Counts } from './counts-behind.js';
export { Metrics } from './metrics.js';
export { lastingValues, sumOf, textOf, type MetricValues } from './summed-metrics.js';
