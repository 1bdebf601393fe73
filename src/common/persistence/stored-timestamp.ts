/** A moment as a hot read gets it from the driver: SQLite gives UTC text without a zone, MySQL a `Date`. */
export type StoredTimestamp = string | Date;

/** A row of a raw query whose times are as the driver gives them. */
export type Stored<T> = { [Name in keyof T]: T[Name] extends Date | null ? StoredTimestamp : T[Name] };

/** The moment behind what a hot read got from the driver. */
export function parseTimestamp(stored: StoredTimestamp): Date {
  return stored instanceof Date ? stored : new Date(`${stored.replace(' ', 'T')}Z`);
}

/** A moment as a parameter of a hot read, in the one form that both engines compare with what they have stored. */
export function timestampText(moment: Date): string {
  return moment.toISOString().replace('T', ' ').replace('Z', '');
}
