import { EXAMINATIONS } from '../../src/doctor/index.js';

type Examination = (typeof EXAMINATIONS)[number];

/** The page of the codes of `mooring doctor`. */
export function doctorCodesPage(): string {
  return `# What \`mooring doctor\` can find

The codes of [\`mooring doctor\`](doctor.md), by examination. Each examination \`ID\` also has \`ID_OK\`, where nothing worse than a note was found, and
\`ID_UNKNOWN\`, where it could not be made. If the file \`.env\` is there and can't be read, the error \`DOTENV_UNREADABLE\` comes first.

${EXAMINATIONS.map(sectionOf).join('\n')}`;
}

function sectionOf({ id, title, codes }: Examination): string {
  const rows = Object.entries(codes).map(([code, { severity, why }]) => [`\`${code}\``, severity, why]);
  const table = [['code', 'severity', 'why it matters'], ...rows];
  const widths = [0, 1, 2].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  const lineOf = (cells: readonly string[]) =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = table;
  const rule = widths.map((width) => '-'.repeat(width));
  return `## ${title}: \`${id}\`\n\n${[head, rule, ...body].map(lineOf).join('\n')}\n`;
}
