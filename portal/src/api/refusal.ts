import type { CombinedError } from 'urql';
import { words } from '../words';

/** One field of the input that was refused. */
export interface FieldProblem {
  readonly path: readonly string[];
  readonly code: string;
  readonly message: string;
}

/** Why something did not work, by its stable code. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly fields: readonly FieldProblem[];
  readonly extensions: Readonly<Record<string, unknown>>;
}

/** The code of a request to which no answer came. */
export const NO_CONNECTION = 'NO_CONNECTION';

/** The first refusal of an answer, or what kept the answer from coming; undefined where all went well. */
export function refusalOf(error: CombinedError | undefined): Refusal | undefined {
  if (!error) return undefined;
  const first = error.graphQLErrors[0];
  if (!first) return { code: NO_CONNECTION, message: '', fields: [], extensions: {} };
  const { extensions = {} } = first;
  const code = typeof extensions.code === 'string' ? extensions.code : 'INTERNAL_SERVER_ERROR';
  const fields = Array.isArray(extensions.fields) ? (extensions.fields as FieldProblem[]) : [];
  return { code, message: first.message, fields, extensions };
}

/** A refusal in words: ours for the codes we know, the server's own message for those that came after us. */
export function sayRefusal({ code, message, extensions }: Refusal): string {
  const known: Readonly<Record<string, (more: Refusal['extensions']) => string>> = words.errors;
  return known[code]?.(extensions) ?? (message || words.unknownError(code));
}

/** What to say at one field of a form, named by the end of its path. */
export function fieldError(refusal: Refusal | undefined, field: string): string | undefined {
  const problem = refusal?.fields.find(({ path }) => path.includes(field));
  if (!problem) return undefined;
  const known: Readonly<Record<string, string>> = words.fieldProblems;
  return known[problem.code] ?? problem.message.charAt(0).toUpperCase() + problem.message.slice(1);
}
