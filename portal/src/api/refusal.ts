import type { CombinedError } from 'urql';
import { words } from '../words';

/** A problem with one field of the input. */
export interface FieldProblem {
  readonly path: readonly string[];
  readonly code: string;
  readonly message: string;
}

/** Why a request was refused, with its stable error code. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly fields: readonly FieldProblem[];
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** The code for a request that got no response. */
export const NO_CONNECTION = 'NO_CONNECTION';

/** The first error of a response, or NO_CONNECTION if there was no response; undefined on success. */
export function refusalOf(error: CombinedError | undefined): Refusal | undefined {
  if (!error) return undefined;
  const first = error.graphQLErrors[0];
  if (!first) return { code: NO_CONNECTION, message: '', fields: [], extensions: {} };
  const { extensions = {} } = first;
  const code = typeof extensions.code === 'string' ? extensions.code : 'INTERNAL_SERVER_ERROR';
  const fields = fieldsOf(extensions);
  return { code, message: first.message, fields, extensions };
}

/** The problems of fields; settings that are missing are such, too. */
function fieldsOf({ fields, missing }: Refusal['extensions']): readonly FieldProblem[] {
  if (Array.isArray(fields)) return fields as FieldProblem[];
  if (!Array.isArray(missing)) return [];
  return (missing as string[]).map((name) => ({ path: name.split('.'), code: 'NOT_NULL', message: '' }));
}

/** The text for a refusal: from words.ts for known codes, the server's own message for newer ones. */
export function refusalText({ code, message, extensions }: Refusal): string {
  const known: Readonly<Record<string, (more: Refusal['extensions']) => string>> = words.errors;
  return known[code]?.(extensions) ?? (message || words.unknownError(code));
}

/** The error text for one form field, found by a name in its path. */
export function fieldError(refusal: Refusal | undefined, field: string): string | undefined {
  const problem = refusal?.fields.find(({ path }) => path.includes(field));
  if (!problem) return undefined;
  const known: Readonly<Record<string, string>> = words.fieldProblems;
  return known[problem.code] ?? problem.message.charAt(0).toUpperCase() + problem.message.slice(1);
}
