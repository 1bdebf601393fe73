/** A record of a CSV text. */
export interface CsvRecord {
  /** The line on which it begins; the first is 1. */
  readonly line: number;
  readonly fields: readonly string[];
  /** What keeps it from being read; then the fields are not whole. */
  readonly problem?: string;
}

const FIELD = /"([^"]*(?:""[^"]*)*)"|([^",\r\n]*)/y;
const END = /,|\r?\n|$/y;

/**
 * The records of a CSV text (RFC 4180): fields with quotation marks may have commas, line ends and doubled quotation marks.
 * Empty lines are left out. After a record that can't be read, reading goes on with the next line.
 */
export function* csvRecords(text: string): Generator<CsvRecord> {
  for (let [place, line] = [0, 1]; place < text.length;) {
    const { fields, end, problem } = recordAt(text, place);
    if (fields.length !== 1 || fields[0] !== '' || problem !== undefined) yield { line, fields, problem };
    line += text.slice(place, end).split('\n').length - 1;
    place = end;
  }
}

function recordAt(text: string, begin: number): { fields: string[]; end: number; problem?: string } {
  const fields: string[] = [];
  for (let place = begin; ;) {
    const field = matchAt(FIELD, text, place);
    place += field?.[0].length ?? 0;
    fields.push(field?.[1]?.replaceAll('""', '"') ?? field?.[2] ?? '');
    const end = matchAt(END, text, place);
    if (!end)
      return { fields, end: nextLine(text, place), problem: 'has a quotation mark or a line end in the wrong place.' };
    place += end[0].length;
    if (end[0] !== ',') return { fields, end: place };
  }
}

function matchAt(pattern: RegExp, text: string, place: number): RegExpExecArray | null {
  pattern.lastIndex = place;
  return pattern.exec(text);
}

function nextLine(text: string, place: number): number {
  const end = text.indexOf('\n', place);
  return end < 0 ? text.length : end + 1;
}
