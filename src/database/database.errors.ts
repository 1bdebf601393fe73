/** The database cannot be used as it is; the message says what to do. Mooring does not start. */
export class DatabaseUnusable extends Error {}
