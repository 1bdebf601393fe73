import { SecretText } from '../../common/crypto/secret-text.js';

/** One field that an action changed, as texts; null: it had, or has, no value. */
export interface AuditChange {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** In characters; the rest of a longer value is left out. */
const LONGEST_VALUE = 300;
/** In characters of JSON, for all changes of one event; those that find no room are only counted. */
const LONGEST_CHANGES = 15_000;

const ELLIPSIS = '…';

/**
 * What differs between two versions of a thing, field by field. Of a secret it says only whether there is one, and that it
 * was changed.
 *
 * @param before null if the thing was created
 * @param after null if the thing was deleted
 */
export function changesBetween(before: object | null, after: object | null): AuditChange[] {
  const [old, next] = [before ?? {}, after ?? {}] as Readonly<Record<string, unknown>>[];
  return [...new Set([...Object.keys({ ...old }), ...Object.keys({ ...next })])].flatMap((field) => {
    const [from, to] = [old?.[field] ?? null, next?.[field] ?? null];
    const isSecret = from instanceof SecretText || to instanceof SecretText;
    if (textOf(from) === textOf(to)) return [];
    if (isSecret) return [{ field, before: wordFor(from), after: from && to ? 'changed' : wordFor(to) }];
    return [{ field, before: shown(from), after: shown(to) }];
  });
}

/** Changes as they are stored, in bounded length; null if there are none. */
export function storedChanges(changes: readonly AuditChange[]): string | null {
  if (changes.length === 0) return null;
  const kept: AuditChange[] = [];
  let length = 0;
  for (const { field, before, after } of changes) {
    const change = { field, before: shortened(before), after: shortened(after) };
    length += JSON.stringify(change).length + 1;
    if (length > LONGEST_CHANGES) break;
    kept.push(change);
  }
  const left = changes.length - kept.length;
  if (left > 0) kept.push({ field: `${left} more`, before: null, after: null });
  return JSON.stringify(kept);
}

/** The changes of a stored event. */
export function changesIn(stored: string | null): AuditChange[] {
  return stored === null ? [] : (JSON.parse(stored) as AuditChange[]);
}

const wordFor = (secret: unknown) => (secret === null ? 'not set' : 'set');

const shown = (value: unknown) => (value === null ? null : textOf(value));

function textOf(value: unknown): string | null {
  if (value === null || typeof value === 'string') return value;
  if (value instanceof SecretText) return value.reveal();
  return value instanceof Date ? value.toISOString() : JSON.stringify(value);
}

function shortened(value: string | null): string | null {
  if (value === null || value.length <= LONGEST_VALUE) return value;
  // Half of a surrogate pair is no character, and MariaDB takes none.
  return `${value.slice(0, LONGEST_VALUE - 1).replace(/[\uD800-\uDBFF]$/, '')}${ELLIPSIS}`;
}
