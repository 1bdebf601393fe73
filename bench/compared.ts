import { Side } from './report/row.js';
import { median } from './rounds.js';

/** The result of one round: as a {@link Side}, of one number of connections. */
export type Round = Omit<Side, 'single'>;

/** The medians of rounds, each figure by itself. */
function mediansOf(rounds: readonly Round[], single: number | null): Side {
  const of = (figure: (round: Round) => number) => median(rounds.map(figure));
  const cpu = rounds.map(({ cpuMicros }) => cpuMicros).filter((micros) => micros !== null);
  return {
    perSecond: of(({ perSecond }) => perSecond),
    cpuMicros: cpu.length === rounds.length ? median(cpu) : null,
    p50: of(({ p50 }) => p50),
    p99: of(({ p99 }) => p99),
    single,
  };
}

/** A comparison of two sides whose rounds alternated: the medians of each, and of the ratios of neighbouring rounds. */
export interface Comparison {
  readonly ours: Side;
  readonly ceiling: Side;
  readonly ratio: number;
  readonly cpuRatio: number | null;
}

/** Compares alternating rounds pair by pair, so that a machine that is slower for a while slows both rounds of a pair. */
export function compared(
  ours: readonly Round[],
  ceiling: readonly Round[],
  single: { readonly ours: number | null; readonly ceiling: number | null } = { ours: null, ceiling: null },
): Comparison {
  const pairs = ours.map((us, index) => ({ us, them: ceiling[index] ?? us }));
  const cpu = pairs.map(({ us, them }) => (them.cpuMicros === null ? NaN : them.cpuMicros / (us.cpuMicros ?? NaN)));
  return {
    ours: mediansOf(ours, single.ours),
    ceiling: mediansOf(ceiling, single.ceiling),
    ratio: median(pairs.map(({ us, them }) => us.perSecond / them.perSecond)),
    cpuRatio: cpu.some(Number.isNaN) ? null : median(cpu),
  };
}
