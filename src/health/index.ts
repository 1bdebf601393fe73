export { Metrics } from './metrics.js';
export { lastingValues, sumOf, textOf, type MetricValues } from './summed-metrics.js';
