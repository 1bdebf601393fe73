/**
 * Marks, as a comment of a statement, a write that need not outlive a loss of power, for it is a hint or can be done again.
 * SQLite then does not wait for the disk; whatever else is written later takes it along. A crash of the process loses none.
 */
export const RELAXED_DURABILITY = 'relaxed durability';
