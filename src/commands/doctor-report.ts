import { styleText } from 'node:util';
import { ExaminedPart, Finding, SEVERITIES, Severity, worstOf } from '../doctor/index.js';
import { terminalText } from './terminal-text.js';

/** Words from outside are cut here: a report stays readable whatever a server says. */
const LONGEST_TEXT = 600;
/** The number grows when a member of the JSON form changes its meaning or goes. */
const VERSION = 1;
const INDENT = '        ';

type Style = Parameters<typeof styleText>[0];

const MARKS: Readonly<Record<Severity, { readonly word: string; readonly style: Style }>> = {
  ok: { word: 'ok', style: 'green' },
  note: { word: 'note', style: 'cyan' },
  unknown: { word: 'unknown', style: 'magenta' },
  warning: { word: 'warning', style: ['yellow', 'bold'] },
  error: { word: 'error', style: ['red', 'bold'] },
};

/** Whether a report asks for the exit code 1: for an error, and with `isStrict` for whatever is worse than a note. */
export function isBad(parts: readonly ExaminedPart[], isStrict: boolean): boolean {
  const worst = worstOf(parts.flatMap(({ findings }) => findings));
  return worst === 'error' || (isStrict && !['ok', 'note'].includes(worst));
}

/** The report for people. */
export function reportText(parts: readonly ExaminedPart[], hasColours: boolean): string {
  const paint = (style: Style, text: string) => (hasColours ? styleText(style, text, { validateStream: false }) : text);
  const lines = parts.flatMap(({ title, findings }) => [
    paint('bold', title),
    ...findings.flatMap((finding) => linesOf(finding, paint)),
    '',
  ]);
  return `${lines.join('\n')}\n${summaryOf(parts)}\n`;
}

/** The report for programs: its form is that of docs/doctor.md. */
export function reportJson(
  parts: readonly ExaminedPart[],
  about: { readonly release: string; readonly at: Date },
): string {
  const findings = parts.flatMap((part) => part.findings);
  const examinations = parts.map((part) => ({ ...part, findings: part.findings.map(bounded) }));
  const head = { version: VERSION, release: about.release, at: about.at.toISOString(), worst: worstOf(findings) };
  return `${JSON.stringify({ ...head, counts: countsOf(findings), examinations }, null, 2)}\n`;
}

function linesOf(finding: Finding, paint: (style: Style, text: string) => string): string[] {
  const { code, severity, found, why, fix } = bounded(finding);
  const { word, style } = MARKS[severity];
  const mark = `  ${paint(style, word)}${' '.repeat(Math.max(1, 8 - word.length))}`;
  if (severity === 'ok') return [mark + found];
  if (severity === 'unknown') return [`${mark}${[found, fix ?? ''].join(' ').trim()} ${paint('dim', `[${code}]`)}`];
  return [
    `${mark}${found} ${paint('dim', `[${code}]`)}`,
    `${INDENT}  ${why}`,
    ...(fix === null ? [] : [`${INDENT}  ${paint('bold', 'Fix:')} ${fix}`]),
  ];
}

function bounded(finding: Finding): Finding {
  const { found, fix } = finding;
  return { ...finding, found: shown(found), fix: fix === null ? null : shown(fix) };
}

function shown(text: string): string {
  const safe = terminalText(text);
  return safe.length > LONGEST_TEXT ? `${safe.slice(0, LONGEST_TEXT)}...` : safe;
}

type Counts = Readonly<Record<Severity, number>>;

function countsOf(findings: readonly Finding[]): Counts {
  const counts = SEVERITIES.map((one) => [one, findings.filter(({ severity }) => severity === one).length] as const);
  return Object.fromEntries(counts) as Counts;
}

function summaryOf(parts: readonly ExaminedPart[]): string {
  const { error, warning, unknown, note } = countsOf(parts.flatMap(({ findings }) => findings));
  const counted = [
    count(error, 'error', 'errors'),
    count(warning, 'warning', 'warnings'),
    ...(unknown > 0 ? [`${unknown} not examined`] : []),
    count(note, 'note', 'notes'),
  ];
  return `${counted.join(', ')}. Nothing was changed.`;
}

const count = (number: number, one: string, several: string) => `${number} ${number === 1 ? one : several}`;
