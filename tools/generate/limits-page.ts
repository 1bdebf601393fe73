import { GENERAL_SETTINGS } from '../../src/settings/general-settings.schema.js';
import { OIDC_SETTINGS } from '../../src/settings/oidc-settings.schema.js';
import { Setting } from '../../src/settings/setting.js';
import { DeclaredLimits } from './declared-limits.js';
import { LimitRow, LimitUnit, limitWords } from './limits.js';

/** The declared limits that are not on the page, and the constants on the page that are not declared. */
export function missingIn(declared: DeclaredLimits): { readonly withoutRow: string[]; readonly undeclared: string[] } {
  const { groups, noLimits } = limitWords();
  const rows = groups.flatMap((group) => group.rows);
  const listed = [...rows.map(({ constant }) => constant), ...Object.values(noLimits).flat()];
  return {
    withoutRow: [...declared.keys()].filter((constant) => !listed.includes(constant)),
    undeclared: listed.filter((constant) => !declared.has(constant)),
  };
}

/**
 * The page of limits, for operators: the settings with a number, then the constants of the code.
 *
 * @throws {Error} if a limit has no row, or a row no limit
 */
export function limitsPage(declared: DeclaredLimits): string {
  const { withoutRow, undeclared } = missingIn(declared);
  if (withoutRow.length + undeclared.length > 0)
    throw new Error(
      `tools/generate/limits.json lacks ${withoutRow.join(', ')}; not in the sources: ${undeclared.join(', ')}`,
    );
  const sections = limitWords().groups.map(({ title, rows }) => `## ${title}\n\n${constantsTable(rows, declared)}`);
  return `# Limits

Generated from the settings and the constants of the code. The first table can be changed while Mooring runs; all other limits are fixed in a release.
Limits are for each process, unless they concern something in the database.

## Settings

${settingsTable()}
${sections.join('\n')}
## A full disk

A database that is full or read-only is told as \`SERVICE_UNAVAILABLE\` (503, \`retryAfterSeconds\`) to every request that has to write. Whatever only reads goes
on: \`verifyCliSecret\`, and registry tokens whose login needs no refresh. \`/health/ready\` is then 503 with \`DATABASE_NOT_WRITABLE\`; while there is still room for
its small write, it is ready. Audit events that can't be stored are log lines with the message "An audit event was not stored." and the content of
the row in \`audit\`; events of strangers that one row would count are one line a second. They have the level \`warn\` and are written whatever \`LOG_LEVEL\` is.
Like the audit log they hold user names and addresses: treat that log as personal data. Log lines are lost while the log's own disk is full.

## Limits of Node.js and Fastify

The headers of a request may have 16 KiB, with its address (431; \`NODE_OPTIONS=--max-http-header-size\` changes it). A connection without a request is closed
after 72 seconds; a proxy in front should close its own earlier.

## Without a limit

Users, groups, access rules, service tokens and the sessions of a person have no limit of their own: only administrators, the provider or a login create
them. Registrations are limited by \`registrationsPerHour\`, signing keys by \`mooring keys rotate\`, which only the operator can run. \`FIXED_SETTINGS\` may be as
long as the operating system allows; \`FIXED_SETTINGS_FILE\` has no limit, and \`SETTINGS_FILE\` has one above.
`;
}

function settingsTable(): string {
  const numbers = [...entriesOf(GENERAL_SETTINGS), ...entriesOf(OIDC_SETTINGS, 'oidc.')].filter(
    ([, { fallback }]) => typeof fallback === 'number',
  );
  const rows = numbers.map(([name, { fallback, description }]) => [`\`${name}\``, String(fallback), description]);
  return table(['Setting', 'Default', 'Meaning and range'], rows);
}

function entriesOf(settings: object, prefix = ''): [string, Setting<unknown>][] {
  return Object.entries(settings).map(([name, setting]) => [`${prefix}${name}`, setting as Setting<unknown>]);
}

function constantsTable(rows: readonly LimitRow[], declared: DeclaredLimits): string {
  const cells = rows.map(({ constant, unit, what, seen }) => [
    ...[`${what.charAt(0).toUpperCase()}${what.slice(1)}`, amountOf(declared.get(constant) ?? NaN, unit), seen],
    `\`${constant.replace(' ', '` `')}\``,
  ]);
  return table(['Limit on', 'Value', 'When it is reached', 'Declared in'], cells);
}

const LARGER_UNITS: Readonly<Partial<Record<LimitUnit, readonly (readonly [number, string])[]>>> = {
  bytes: [
    [1024 * 1024, 'MiB'],
    [1024, 'KiB'],
  ],
  ms: [
    [86_400_000, 'days'],
    [3_600_000, 'h'],
    [60_000, 'min'],
    [1000, 's'],
  ],
  s: [
    [86_400, 'days'],
    [3600, 'h'],
    [60, 'min'],
  ],
  min: [
    [1440, 'days'],
    [60, 'h'],
  ],
};

/** An amount in the largest unit in which it is whole and more than one. */
function amountOf(value: number, unit: LimitUnit | undefined): string {
  const [size, name] = (unit && LARGER_UNITS[unit])?.find(([one]) => value % one === 0 && value > one) ?? [
    1,
    unit ?? '',
  ];
  return `${(value / size).toLocaleString('en')} ${name}`.trim();
}

/** A Markdown table with aligned columns. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const escaped = rows.map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = head.map((title, column) => Math.max(title.length, ...escaped.map((row) => row[column]?.length ?? 0)));
  const lineOf = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return `${[head, widths.map((width) => '-'.repeat(width)), ...escaped].map(lineOf).join('\n')}\n`;
}
