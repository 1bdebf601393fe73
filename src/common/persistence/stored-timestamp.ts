/** A moment as a hot read gets it from the driver: SQLite gives UTC text without a zone, MySQL a `Date`. */
export type StoredMoment = string | Date;

/** The moment behind what a hot read got from the driver. */
export function momentOf(stored: StoredMoment): Date {
  return stored instanceof Date ? stored : new Date(`${stored.replace(' ', 'T')}Z`);
}

/** A moment as a parameter of a hot read, in the one form that both engines compare with what they have stored. */
export function storedTextOf(moment: Date): string {
  return moment.toISOString().replace('T', ' ').replace('Z', '');
}
