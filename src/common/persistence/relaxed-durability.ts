/**
 * A comment in a statement that marks a write that may be lost in a power failure, because it is a hint or can be
 * repeated. SQLite then does not wait for the disk; the next durable write also flushes this one. A process crash loses
 * nothing.
 */
export const RELAXED_DURABILITY = 'relaxed durability';
