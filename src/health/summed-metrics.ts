import { AggregatorRegistry } from 'prom-client';

/** One metric of a process with its values, as prom-client gives it (`getMetricsAsJSON`). */
export interface MetricValues {
  readonly name: string;
  readonly help: string;
  readonly type: unknown;
  readonly aggregator: string;
  readonly values: readonly { readonly value: number; readonly labels: object }[];
}

/** What only grows, so that it lasts beyond the process that has counted it. */
const LASTING: ReadonlySet<unknown> = new Set(['counter', 'histogram']);

/** The metrics of a process that count what has happened in it: counters and histograms. */
export function lastingValues(metrics: readonly MetricValues[]): MetricValues[] {
  return metrics.filter(({ type }) => LASTING.has(type));
}

const summed = (processes: readonly (readonly MetricValues[])[]) => AggregatorRegistry.aggregate([...processes]);

/**
 * The metrics of several processes together, each as it says itself (`aggregator`): summed, or the average, the least or the
 * greatest value.
 */
export function sumOf(processes: readonly (readonly MetricValues[])[]): Promise<MetricValues[]> {
  return summed(processes).getMetricsAsJSON();
}

/** The same in the text format of Prometheus. */
export function textOf(processes: readonly (readonly MetricValues[])[]): Promise<string> {
  return summed(processes).metrics();
}
