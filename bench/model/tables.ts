import { Assumptions, ASSUMPTIONS } from './assumptions.js';
import { Capacity, capacityOf } from './capacity.js';
import { Compared, comparedCases, refreshedOverReplicas } from './comparison.js';
import type { Measured, OperationCosts } from './measured.js';

const [BEGIN, END] = ['<!-- tables of npm run bench:model -->', '<!-- end of the tables -->'];
const REPLICAS = 3;
/** The numbers of people that the tables are made for. */
export const SIZES = [10_000, 1_000_000, 100_000_000] as const;

interface Table {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** At most three digits that count, and thousands apart. */
export function shown(value: number): string {
  if (!Number.isFinite(value)) return '-';
  if (value === 0) return '0';
  if (Math.abs(value) >= 100) return Math.round(Number(value.toPrecision(3))).toLocaleString('en');
  return String(Number(value.toPrecision(2)));
}

const OPERATIONS = {
  verificationAlone: 'verification, one at a time',
  verification: 'verification, 50 connections',
  token: 'registry token, 50 connections',
  refresh: 'refresh, with its verification',
  login: 'login by browser, with its secret',
} as const;

const costsOf = (costs: OperationCosts) =>
  [
    ...[costs.replicaMicros, costs.databaseMicros, costs.statements, costs.writes],
    ...[costs.bytesTo, costs.bytesFrom, costs.logBytes],
  ].map(shown);

function operationsTable({ operations }: Measured): Table {
  const names = Object.keys(OPERATIONS) as (keyof typeof OPERATIONS)[];
  return {
    title: 'Measured: what one operation takes on MariaDB',
    head: [
      'operation',
      'CPU µs replica',
      'CPU µs database',
      'statements',
      'writes',
      'bytes to',
      'bytes from',
      'redo bytes',
    ],
    rows: names.map((name) => [OPERATIONS[name], ...costsOf(operations[name])]),
  };
}

function assumptionsTable(inputs: Assumptions): Table {
  const names = Object.keys(ASSUMPTIONS) as (keyof Assumptions)[];
  const row = (name: keyof Assumptions) => [
    ...[`\`--${name}\``, shown(inputs[name]), ASSUMPTIONS[name].unit, ASSUMPTIONS[name].about],
  ];
  return {
    title: 'Assumed: change them with options',
    head: ['option', 'value', 'unit', 'what'],
    rows: names.map(row),
  };
}

const FIGURES: Readonly<Record<string, (one: Capacity) => string>> = {
  'verifications a second': ({ rates }) => shown(rates.verifications),
  'registry tokens a second': ({ rates }) => shown(rates.tokens),
  'refreshes a second': ({ rates }) => shown(rates.refreshes),
  'logins a second': ({ rates }) => shown(rates.logins),
  'statements a second': ({ statements }) => shown(statements),
  'of which write': ({ writes }) => shown(writes),
  'MB a second, replicas and database': ({ megabytes }) => shown(megabytes),
  'MB a second in the redo log of each node': ({ logMegabytes }) => shown(logMegabytes),
  'cores used by replicas': ({ replicaCores }) => shown(replicaCores),
  replicas: ({ replicas }) => shown(replicas),
  'cores used for reads, over all nodes': ({ readCores }) => shown(readCores),
  'cores used for writes, on each node': ({ writeCores }) => shown(writeCores),
  nodes: ({ nodes }) => (nodes === null ? 'more than one cluster' : shown(nodes)),
  'GB of people on each node': ({ peopleGigabytes }) => shown(peopleGigabytes),
  'GB of audit events on each node': ({ auditGigabytes }) => shown(auditGigabytes),
};

function capacityTable(inputs: Assumptions, measured: Measured, sizes: readonly number[]): Table {
  const capacities = sizes.map((people) => capacityOf(people, inputs, measured));
  const rows = Object.entries(FIGURES).map(([name, of]) => [name, ...capacities.map(of)]);
  return {
    title: 'Computed: the busiest second, with room for one replica and one node to fail',
    head: ['', ...sizes.map((people) => `${people.toLocaleString('en')} people`)],
    rows,
  };
}

function bytesTable({ bytes, tokens }: Measured): Table {
  const names = [...new Set([...Object.keys(bytes.MariaDB), ...Object.keys(bytes.SQLite)])];
  const of = (table: Readonly<Record<string, number>>, name: string) => shown(table[name] ?? 0);
  const sum = (table: Readonly<Record<string, number>>) =>
    shown(Object.values(table).reduce((all, one) => all + one, 0));
  const rows = names.map((name) => [`\`${name}\``, of(bytes.MariaDB, name), of(bytes.SQLite, name)]);
  return {
    title: `Measured: bytes a user with one session and one audit event, indexes included (${tokens})`,
    head: ['table', 'MariaDB', 'SQLite'],
    rows: [...rows, ['all', sum(bytes.MariaDB), sum(bytes.SQLite)]],
  };
}

function comparisonTable(measured: Measured): Table {
  const over = refreshedOverReplicas(measured, REPLICAS);
  const row = ({ what, measured: seen, simulated, ratio }: Compared) => [
    ...[what, shown(seen), shown(simulated), ratio.toFixed(2)],
  ];
  const most = [
    'refreshes of the grant that is refreshed most, three replicas',
    '-',
    shown(over.mostRefreshesOfOne),
    '-',
  ];
  return {
    title: 'Simulated beside measured: verifications on MariaDB',
    head: ['case', 'measured', 'simulated', 'ratio'],
    rows: [...comparedCases(measured).map(row), most],
  };
}

/** All tables of the model. */
export function tablesOf(inputs: Assumptions, measured: Measured, sizes: readonly number[] = SIZES): readonly Table[] {
  return [
    capacityTable(inputs, measured, sizes),
    assumptionsTable(inputs),
    operationsTable(measured),
    bytesTable(measured),
    comparisonTable(measured),
  ];
}

/** Tables as text, with aligned columns. */
export function asText(tables: readonly Table[], { machine }: Measured): string {
  const text = ({ title, head, rows }: Table) => {
    const lines = [head, ...rows];
    const widths = head.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)));
    const padded = (cells: readonly string[]) =>
      cells.map((cell, column) => cell[column === 0 ? 'padEnd' : 'padStart'](widths[column] ?? 0)).join('  ');
    return [title, '', ...lines.map(padded)].join('\n');
  };
  return `${[...tables.map(text), machine].join('\n\n')}\n`;
}

/** The same tables in Markdown. */
export function asMarkdown(tables: readonly Table[], { machine }: Measured): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const text = ({ title, head, rows }: Table) => {
    const rule = head.map((_, column) => (column === 0 ? '---' : '--:'));
    return [`**${title}**`, '', line(head), line(rule), ...rows.map(line)].join('\n');
  };
  return `${[...tables.map(text), machine].join('\n\n')}\n`;
}

/**
 * A page of Markdown with the tables between its two markers.
 *
 * @throws {Error} if the page has no such markers
 */
export function withTables(page: string, tables: string): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin === -1 || end < begin) throw new Error(`The page has no place for the tables: ${BEGIN} and ${END}.`);
  return `${page.slice(0, begin + BEGIN.length)}\n\n${tables}\n${page.slice(end)}`;
}
