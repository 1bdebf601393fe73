import type { MetricValues } from '../health/index.js';

/** What a worker tells the process that has started it. */
export type FromWorker =
  | { readonly kind: 'listens' }
  | { readonly kind: 'pong' }
  | { readonly kind: 'all-metrics'; readonly question: number }
  | { readonly kind: 'metrics'; readonly metrics: readonly MetricValues[] };

/** What a worker is told. */
export type ToWorker =
  | { readonly kind: 'end-after-successor' }
  | { readonly kind: 'ping' }
  | { readonly kind: 'metrics' }
  | { readonly kind: 'all-metrics'; readonly question: number; readonly text: string };
