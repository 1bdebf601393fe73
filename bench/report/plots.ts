import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Amount, isMet, Rates, Report } from './row.js';
import { element, label, picture } from './svg.js';

const [WIDTH, LEFT, RIGHT, BAR, GAP, TOP] = [760, 240, 70, 11, 10, 40];
const [OURS, OTHER, GOAL, MISSED] = ['#2b6cb0', '#a0aec0', '#2f855a', '#c05621'];

/** One group of bars: its label, the bars from top to bottom, and where its goal is, in the unit of the bars. */
interface Group {
  readonly name: string;
  readonly bars: readonly { readonly value: number; readonly text: string; readonly fill: string }[];
  readonly goal: number | null;
}

function barChart(title: string, groups: readonly Group[]): string {
  const most = Math.max(...groups.flatMap(({ bars, goal }) => [goal ?? 0, ...bars.map(({ value }) => value)]));
  const scale = (value: number) => (value / most) * (WIDTH - LEFT - RIGHT);
  let y = TOP;
  const parts = groups.flatMap(({ name, bars, goal }) => {
    const begin = y;
    const drawn = bars.flatMap(({ value, text, fill }) => {
      const bar = element('rect', { x: LEFT, y, width: Math.max(scale(value), 1), height: BAR, fill });
      y += BAR;
      return [bar, label(LEFT + scale(value) + 5, y - 1, text)];
    });
    const x = LEFT + scale(goal ?? 0);
    const line = { x1: x, x2: x, y1: begin - 3, y2: y + 3, stroke: GOAL, 'stroke-width': 2 };
    const middle = (begin + y) / 2 + 4;
    y += GAP;
    const mark = goal === null ? [] : [element('line', line)];
    return [label(LEFT - 8, middle, name, { 'text-anchor': 'end' }), ...drawn, ...mark];
  });
  return picture({ width: WIDTH, height: y + 10 }, title, label(10, 22, title, { 'font-weight': 'bold' }), ...parts);
}

const isFinal = (value: number | null): value is number => value !== null && Number.isFinite(value);

function ratios(rows: readonly Rates[]): string {
  const groups = rows.map((row): Group => {
    const fill = isMet(row) === false ? MISSED : OURS;
    const cpu = row.cpuRatio;
    const bars = [{ value: row.ratio, text: row.ratio.toFixed(2), fill }];
    if (isFinal(cpu)) bars.push({ value: cpu, text: `${cpu.toFixed(2)} by CPU time`, fill: OTHER });
    return { name: row.name, goal: row.goal, bars };
  });
  return barChart('Ratio to what it is measured against (green: the goal)', groups);
}

function cpuTimes(rows: readonly Rates[]): string {
  const groups = rows.flatMap(({ name, ours, ceiling }): Group[] => {
    if (!isFinal(ours.cpuMicros) || !isFinal(ceiling.cpuMicros)) return [];
    const bar = (value: number, text: string, fill: string) => ({ value, text: `${value.toFixed(0)} ${text}`, fill });
    return [{ name, goal: null, bars: [bar(ours.cpuMicros, 'ours', OURS), bar(ceiling.cpuMicros, 'ceiling', OTHER)] }];
  });
  return barChart('CPU time of the server process per response, in microseconds', groups);
}

function times(rows: readonly Amount[]): string {
  const groups = rows.map((row): Group => {
    const fill = isMet(row) === false ? MISSED : OURS;
    return { name: row.name, goal: row.goal, bars: [{ value: row.amount, text: `${row.amount.toFixed(1)} ms`, fill }] };
  });
  return barChart('99th percentile of the latency, in milliseconds (green: the goal)', groups);
}

function overTime({ name, series = [], unit, goal }: Amount): string {
  const [height, base] = [240, 210];
  const most = Math.max(...series, goal ?? 0) * 1.1;
  const at = (value: number) => base - (value / most) * (base - TOP);
  const step = (WIDTH - 2 * RIGHT) / Math.max(series.length - 1, 1);
  const points = series.map((value, index) => `${(RIGHT + index * step).toFixed(1)},${at(value).toFixed(1)}`).join(' ');
  const line = element('polyline', { points, fill: 'none', stroke: OURS, 'stroke-width': 2 });
  const across = { x1: RIGHT, x2: WIDTH - RIGHT, y1: at(goal ?? 0), y2: at(goal ?? 0), stroke: GOAL };
  const axis = element('line', { ...across, y1: base, y2: base, stroke: OTHER });
  const last = label(WIDTH - RIGHT + 4, at(series.at(-1) ?? 0), `${series.at(-1)?.toFixed(0)} ${unit}`);
  const mark = goal === null ? [] : [element('line', across), label(10, at(goal) + 4, `${goal} ${unit}`)];
  const title = `${name}: over the time of the run`;
  return picture({ width: WIDTH, height }, title, label(10, 22, title), axis, line, last, ...mark);
}

/** The plots of a report by their file names; a plot without figures is left out. */
export function plotsOf({ rows }: Report): Record<string, string> {
  const rates = rows.filter((row) => row.kind === 'rates').filter((row) => Number.isFinite(row.ratio));
  const amounts = rows.filter((row) => row.kind === 'amount').filter(({ amount }) => Number.isFinite(amount));
  const latencies = amounts.filter(({ unit }) => unit === 'ms');
  return {
    ...(rates.length > 0 && { 'ratios.svg': ratios(rates), 'cpu-time.svg': cpuTimes(rates) }),
    ...(latencies.length > 0 && { 'latency.svg': times(latencies) }),
    ...Object.fromEntries(
      amounts
        .filter(({ series = [] }) => series.length > 1)
        .map((row) => [`${row.name.replace(/[^a-z0-9]+/g, '-')}.svg`, overTime(row)]),
    ),
  };
}

/** Writes the plots of a report into a folder, which is made if it is missing. Returns the names of the files. */
export async function writePlots(folder: string, report: Report): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const plots = Object.entries(plotsOf(report));
  for (const [name, text] of plots) await writeFile(join(folder, name), text);
  return plots.map(([name]) => name);
}
