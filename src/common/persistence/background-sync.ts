/**
 * A comment in a statement that marks a write that survives a power failure once its promise is settled, and that nothing
 * relies on before. SQLite then waits for the disk in another thread, so that other requests go on meanwhile.
 */
export const SYNCED_IN_BACKGROUND = 'synced in the background';
