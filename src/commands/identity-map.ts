import { endpointProblem } from '../settings/oidc-setting-problems.js';
import { isSubject } from '../common/text/subject.js';
import type { IdentityMove, MapConflict } from '../users/identities/index.js';
import { CsvRecord, csvRecords } from './csv-records.js';

const COLUMNS = ['old_issuer', 'old_subject', 'new_issuer', 'new_subject'] as const;
const MOST_LINES = 20_000;
const LONGEST = 255;

/** The longest map, in bytes. */
export const LONGEST_MAP = 8 * 1024 * 1024;

/** A map from old identities to new ones, as far as it can be read. */
export interface IdentityMap {
  readonly moves: readonly IdentityMove[];
  readonly problems: readonly MapConflict[];
}

/** A file is not a map at all. */
export class NotAMap extends Error {
  constructor(problem: string) {
    super(`The map ${problem} It is a CSV file in UTF-8 with the header ${COLUMNS.join(',')}; nothing was changed.`);
  }
}

/**
 * Reads a map: CSV (RFC 4180) in UTF-8, with or without a byte-order mark, with a header that names the four columns in any
 * order.
 *
 * @throws {NotAMap} if it is too long, not UTF-8, empty, or has another header
 */
export function identityMapOf(bytes: Uint8Array): IdentityMap {
  if (bytes.length > LONGEST_MAP) throw new NotAMap(`has more than ${LONGEST_MAP} bytes.`);
  const [header, ...records] = recordsOf(textOf(bytes));
  if (!header || records.length === 0) throw new NotAMap('is empty.');
  const places = COLUMNS.map((column) => header.fields.indexOf(column));
  const isComplete = header.fields.length === COLUMNS.length && places.every((place) => place >= 0);
  if (header.problem !== undefined || !isComplete) throw new NotAMap('has another header.');
  const lines = records.map((record) => lineOf(record, places));
  const problems = lines.flatMap((line) => ('problem' in line ? [line] : []));
  return { problems, moves: lines.flatMap((line) => ('problem' in line ? [] : [line])) };
}

function recordsOf(text: string): CsvRecord[] {
  const records: CsvRecord[] = [];
  for (const record of csvRecords(text)) {
    if (records.length > MOST_LINES) throw new NotAMap(`has more than ${MOST_LINES} people: split it.`);
    records.push(record);
  }
  return records;
}

function textOf(bytes: Uint8Array): string {
  try {
    // Leaves a byte-order mark out.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new NotAMap('is not in UTF-8.');
  }
}

function lineOf({ line, fields, problem }: CsvRecord, places: readonly number[]): IdentityMove | MapConflict {
  if (problem !== undefined) return { line, problem };
  if (fields.length !== COLUMNS.length) return { line, problem: `has ${fields.length} fields instead of 4.` };
  const [oldIssuer = '', oldSubject = '', issuer = '', subject = ''] = places.map((place) => fields[place] ?? '');
  const move = { line, from: { issuer: oldIssuer, subject: oldSubject }, to: { issuer, subject } };
  const fault = faultOf(move);
  return fault === undefined ? move : { line, problem: fault };
}

function faultOf({ from, to }: IdentityMove): string | undefined {
  const [tooLong] = [from.issuer, from.subject].filter((text) => text === '' || [...text].length > LONGEST);
  if (tooLong !== undefined) return 'old_issuer and old_subject must have 1 to 255 characters.';
  const problem = endpointProblem(to.issuer);
  if (problem !== undefined) return `new_issuer ${problem}`;
  return isSubject(to.subject) ? undefined : 'new_subject must be 1 to 255 ASCII characters.';
}
