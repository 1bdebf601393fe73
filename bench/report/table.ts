import { isMet, Rates, Report, Row, Side } from './row.js';

const HEAD = [
  ...['scenario', 'against', 'ours', 'ceiling', 'ratio', 'goal', 'met'],
  ...['CPU µs ours', 'ceiling', 'ratio', 'p50/p99 ms ours', 'ceiling', '1 conn. ms ours', 'ceiling'],
  ...['recorded ours', 'ceiling', 'ratio'],
];
/** The columns of figures, which end at the right. */
const FIRST_FIGURE = 2;
const NOTHING = '-';

const fixed = (value: number | null | undefined, digits: number) =>
  value === null || value === undefined || Number.isNaN(value) ? NOTHING : value.toFixed(digits);
const rate = ({ perSecond }: Side) => `${fixed(perSecond, 0)}/s`;
const latency = ({ p50, p99 }: Side) => `${fixed(p50, 1)}/${fixed(p99, 1)}`;

function metOf(row: Row): string {
  const met = isMet(row);
  return met === null ? NOTHING : met ? 'yes' : 'NO';
}

function measuredOf(row: Rates): string[] {
  const { ours, ceiling } = row;
  return [
    ...[fixed(ours.cpuMicros, 1), fixed(ceiling.cpuMicros, 1), fixed(row.cpuRatio, 2)],
    ...[latency(ours), latency(ceiling), fixed(ours.single, 3), fixed(ceiling.single, 3)],
  ];
}

function figuresOf(row: Row): string[] {
  if (row.kind === 'failed') return [row.name, row.message, 'failed', NOTHING, NOTHING, NOTHING, metOf(row)];
  if (row.kind === 'amount') {
    const unit = row.unit && ` ${row.unit}`;
    const goal = row.goal === null ? NOTHING : `<= ${row.goal}${unit}`;
    const digits = row.unit === 'MB' ? 0 : 2;
    return [row.name, row.against, `${fixed(row.amount, digits)}${unit}`, NOTHING, NOTHING, goal, metOf(row)];
  }
  const goal = row.goal === null ? NOTHING : `>= ${row.goal}`;
  return [row.name, row.against, rate(row.ours), rate(row.ceiling), fixed(row.ratio, 2), goal, metOf(row)];
}

function recordedOf(row: Row | undefined): string[] {
  if (row?.kind === 'rates') return [rate(row.ours), rate(row.ceiling), fixed(row.ratio, 2)];
  if (row?.kind === 'amount') return [fixed(row.amount, 2), NOTHING, NOTHING];
  return [NOTHING, NOTHING, NOTHING];
}

function cellsOf(row: Row, recorded: Report | undefined): string[] {
  const measured = row.kind === 'rates' ? measuredOf(row) : Array.from({ length: 7 }, () => NOTHING);
  return [...figuresOf(row), ...measured, ...recordedOf(recorded?.rows.find(({ name }) => name === row.name))];
}

/** A table as text, with aligned columns. */
export function textTable({ rows, machine }: Report, recorded?: Report): string {
  const lines = [HEAD, ...rows.map((row) => cellsOf(row, recorded))];
  const widths = HEAD.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)));
  const padded = (cell: string, column: number) =>
    column < FIRST_FIGURE ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0);
  return `${[...lines.map((cells) => cells.map(padded).join('  ').trimEnd()), '', machine].join('\n')}\n`;
}

/** The same table in Markdown. */
export function markdownTable({ rows, machine }: Report, recorded?: Report): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const rule = HEAD.map((_, column) => (column < FIRST_FIGURE ? '---' : '--:'));
  return `${[line(HEAD), line(rule), ...rows.map((row) => line(cellsOf(row, recorded)))].join('\n')}\n\n${machine}\n`;
}
