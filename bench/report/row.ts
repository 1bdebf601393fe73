/** One side of a comparison: the medians over the rounds of a run. */
export interface Side {
  /** Responses per second at 50 connections. */
  readonly perSecond: number;
  /** CPU time of the server's process and its children per response, in microseconds; null if the system does not tell. */
  readonly cpuMicros: number | null;
  /** Latency at 50 connections, in milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** The median latency at one connection, in milliseconds; null if it was not measured. */
  readonly single: number | null;
}

/** A comparison of rates with a ceiling, or with the same server in another state. */
export interface Rates {
  readonly kind: 'rates';
  /** The scenario, and after a colon the variant. */
  readonly name: string;
  /** What it is compared with, in a few words. */
  readonly against: string;
  readonly ours: Side;
  readonly ceiling: Side;
  /** Our rate as a share of the ceiling's: the median over the pairs of neighbouring rounds. */
  readonly ratio: number;
  /** The CPU time of a response of the ceiling as a share of ours, likewise; null if either is not known. */
  readonly cpuRatio: number | null;
  /** The least ratio to the ceiling, or null; of the CPU time too if `hasCpuGoal`. */
  readonly goal: number | null;
  readonly hasCpuGoal: boolean;
}

/** One figure by itself. */
export interface Amount {
  readonly kind: 'amount';
  readonly name: string;
  /** What the figure is, in a few words. */
  readonly against: string;
  readonly amount: number;
  readonly unit: 'ms' | 's' | 'MB' | '';
  /** The most that it may be, or null. */
  readonly goal: number | null;
  /** The figure as it was during the run, in the same unit, evenly spread over its time; for plots. */
  readonly series?: readonly number[];
}

/** A scenario that could not be measured. */
export interface Failed {
  readonly kind: 'failed';
  readonly name: string;
  readonly message: string;
}

/** A row of the table. */
export type Row = Rates | Amount | Failed;

/** The result of a run. */
export interface Report {
  /** The machine and its load, in one line. */
  readonly machine: string;
  readonly rows: readonly Row[];
}

function meetsRates(row: Rates, goal: number): boolean {
  const cpu = row.hasCpuGoal ? row.cpuRatio : null;
  return row.ratio >= goal && (cpu ?? goal) >= goal;
}

/** Whether a row meets its goal; null if it has none. A row that failed misses. */
export function isMet(row: Row): boolean | null {
  if (row.kind === 'failed') return false;
  if (row.goal === null) return null;
  return row.kind === 'rates' ? meetsRates(row, row.goal) : row.amount <= row.goal;
}

/** The names of the rows that miss their goals, in the order of the table. */
export function missedIn(rows: readonly Row[]): string[] {
  return rows.filter((row) => isMet(row) === false).map(({ name }) => name);
}
