/** A timestamp of a raw query as the driver returns it: SQLite returns UTC text without a zone, MySQL a `Date`. */
export type StoredTimestamp = string | Date;

/** A row of a raw query, with timestamps as the driver returns them. */
export type Stored<T> = { [Name in keyof T]: T[Name] extends Date | null ? StoredTimestamp : T[Name] };

/** Parses a timestamp of a raw query. */
export function parseTimestamp(stored: StoredTimestamp): Date {
  return stored instanceof Date ? stored : new Date(`${stored.replace(' ', 'T')}Z`);
}

/** A timestamp as a parameter of a raw query, in the one format that both engines compare correctly with stored ones. */
export function timestampText(moment: Date): string {
  return moment.toISOString().replace('T', ' ').replace('Z', '');
}
