let turn: Promise<void> | undefined;

/**
 * Waits for the next turn of the event loop, with one promise for all waiters. Requests that arrived in the same turn then
 * continue together, step by step.
 */
export function yieldToEventLoop(): Promise<void> {
  turn ??= new Promise((resolve) => {
    setImmediate(() => {
      turn = undefined;
      resolve();
    });
  });
  return turn;
}
