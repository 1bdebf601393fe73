/** The database can't be used as it is; the message says what to do. Ends the start. */
export class DatabaseUnusable extends Error {}
